-- Where whoever comes for a deleted queue is sent: codes and links that name it go on working.
alter table queues add column moved_to uuid references queues (id);
