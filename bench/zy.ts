import { standings, nothingMeasured } from '../packages/routing/src/index.ts'
const now = Date.now()
const cap = { units: 100, channels: new Map([['web',{units:20,most:5,interruptedBy:new Set<string>()}]]) }
for (const declinedAll of [false,true]) for (const heldN of [5,3,0]) for (const silent of [false,true]) {
const agents = new Map(Array.from({length:20},(_,i)=>[`a${i}`,{id:`a${i}`,present:true,available:true,skills:new Map(),languages:new Set<string>(),capacity:cap,held:Array.from({length:heldN},(_,k)=>({itemId:`h${i}-${k}`,channel:'web',silent})),idleSince:0,lastOfferAt:0,offers:0,weight:100}]))
const waiting = new Map(Array.from({length:100},(_,i)=>[`w${i}`,{id:`w${i}`,queueId:'q',channel:'web',language:null,priority:0,createdAt:now-i*100,enteredAt:now-i*100,dueAt:null,steps:[],preferred:null,declined: declinedAll? [...agents.keys()].map(agentId=>({agentId,until:now+30000})) : i%7===0?[{agentId:'a1',until:now+30000}]:[]}]))
const queues = new Map([['q',{id:'q',paused:false,order:{by:'wait' as const,perMinute:1,most:1000},selection:'most-free' as const,groups:[{agentIds:new Set(agents.keys()),afterSeconds:0}]}]])
console.log(declinedAll, heldN, silent, 'start')
const t=Date.now()
const r = standings({queues,agents,waiting} as any, new Map([['q',{hold:{count:30,meanSeconds:0.3},leaving:{waitedSeconds:100,left:0}}]]), now, 'q')
console.log(r.size, Date.now()-t)
}
