export { describeForMessage, tieToConversations } from './message-attachments.ts'
