/**
 * English phrases as people write them and what must be understood, written before the grammar.
 * A date without a time means 9:00; `in N days` keeps the clock; morning 9, afternoon 14, evening 19, tonight 20.
 */
import { phraseCases } from './phrase-list.ts';

/** Said on Tuesday 24 November 2026 at 10:00 in Berlin. */
const TUESDAY = phraseCases(
  '2026-11-24T09:00:00Z',
  'Europe/Berlin',
  `
call mum tomorrow at 6pm | call mum | 2026-11-25T18:00
every other Friday at 18:00 pool night | pool night | 2026-11-27T18:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
last day of month submit the report | submit the report | 2026-11-30T09:00
on the last day of every month at 5pm submit the report | submit the report | 2026-11-30T17:00 | FREQ=MONTHLY;BYMONTHDAY=-1
every weekday at 8:30 stretch | stretch | 2026-11-25T08:30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
in an hour and a half turn off the oven | turn off the oven | 2026-11-24T11:30
day after tomorrow 18:30 dinner with Ann | dinner with Ann | 2026-11-26T18:30
the day after tomorrow at noon lunch | lunch | 2026-11-26T12:00
the 15th pay rent | pay rent | 2026-12-15T09:00
pay rent on the 15th at 10am | pay rent | 2026-12-15T10:00
at noon feed the cat | feed the cat | 2026-11-24T12:00
every 3 days water the orchid | water the orchid | 2026-11-25T09:00 | FREQ=DAILY;INTERVAL=3
on the first Monday of each month at 10 team meeting | team meeting | 2026-12-07T10:00 | FREQ=MONTHLY;BYDAY=1MO
every year on 8 March call grandma | call grandma | 2027-03-08T09:00 | FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=8
at half past seven dinner | dinner | 2026-11-24T19:30
quarter to five pick up kids | pick up kids | 2026-11-24T16:45
Remind me to buy bread 🍞 tomorrow at 18:00 | buy bread 🍞 | 2026-11-25T18:00
remind me tomorrow at 6 pm to call Ivan | call Ivan | 2026-11-25T18:00
please remind me in 20 minutes to check the soup | check the soup | 2026-11-24T10:20
remind me about the meeting on Friday at 3pm | the meeting | 2026-11-27T15:00
Call Ivan tomorrow 12:15 | Call Ivan | 2026-11-25T12:15
tomorrow call the bank at 2pm | call the bank | 2026-11-25T14:00
on Friday at 6pm gym | gym | 2026-11-27T18:00
Tuesday at 12:00 lunch with Bob | lunch with Bob | 2026-11-24T12:00
Tuesday at 9am blood test | blood test | 2026-12-01T09:00
next Friday at 6pm theatre | theatre | 2026-12-04T18:00
this Saturday at 11am market | market | 2026-11-28T11:00
Wednesday next week at 16:30 doctor | doctor | 2026-12-02T16:30
next week on Wednesday at 16:30 doctor | doctor | 2026-12-02T16:30
a week from Thursday at 3pm dentist | dentist | 2026-12-03T15:00
in 3 days water the plants | water the plants | 2026-11-27T10:00
in 3 days at 6pm water the plants | water the plants | 2026-11-27T18:00
in a week check the heating | check the heating | 2026-12-01T10:00
in a month renew the subscription | renew the subscription | 2026-12-24T10:00
in two weeks at noon collect the order | collect the order | 2026-12-08T12:00
in a fortnight at noon collect the order | collect the order | 2026-12-08T12:00
in half an hour laundry | laundry | 2026-11-24T10:30
in an hour call back | call back | 2026-11-24T11:00
in 1 hour and 20 minutes leave | leave | 2026-11-24T11:20
in 2h15m take the pill | take the pill | 2026-11-24T12:15
in 1.5 hours check the pie | check the pie | 2026-11-24T11:30
in two and a half hours call | call | 2026-11-24T12:30
in a couple of hours check mail | check mail | 2026-11-24T12:00
in 45 mins stand-up | stand-up | 2026-11-24T10:45
in twenty-five minutes take a break | take a break | 2026-11-24T10:25
20 minutes from now tea | tea | 2026-11-24T10:20
in a minute test | test | 2026-11-24T10:01
today at 3pm meet the lawyer | meet the lawyer | 2026-11-24T15:00
tonight water the flowers | water the flowers | 2026-11-24T20:00
tonight at 9 watch the match | watch the match | 2026-11-24T21:00
this evening water the flowers | water the flowers | 2026-11-24T19:00
this afternoon call the office | call the office | 2026-11-24T14:00
tomorrow morning take vitamins | take vitamins | 2026-11-25T09:00
tomorrow evening call mum | call mum | 2026-11-25T19:00
in the morning take vitamins | take vitamins | 2026-11-25T09:00
Saturday morning skiing | skiing | 2026-11-28T09:00
tomorrow at 7 in the morning run | run | 2026-11-25T07:00
tomorrow at 7 in the evening yoga | yoga | 2026-11-25T19:00
at 5 pick up the kid | pick up the kid | 2026-11-24T17:00
at 7 yoga | yoga | 2026-11-24T19:00
tomorrow at 9 stand-up | stand-up | 2026-11-25T09:00
tomorrow at nine stand-up | stand-up | 2026-11-25T09:00
tomorrow at nine thirty stand-up | stand-up | 2026-11-25T09:30
tomorrow at 9.30 stand-up | stand-up | 2026-11-25T09:30
tomorrow at 0930 stand-up | stand-up | 2026-11-25T09:30
tomorrow at 9h stand-up | stand-up | 2026-11-25T09:00
tomorrow at 9 o'clock stand-up | stand-up | 2026-11-25T09:00
tomorrow @ 9:30am stand-up | stand-up | 2026-11-25T09:30
tomorrow by 8 a.m. be at the airport | be at the airport | 2026-11-25T08:00
tomorrow at 12am sharp launch | ?unclear
tomorrow at 12pm lunch | lunch | 2026-11-25T12:00
tomorrow at quarter past five tea | tea | 2026-11-25T17:15
tomorrow at ten to nine leave | leave | 2026-11-25T08:50
tomorrow at twenty past eight bus | bus | 2026-11-25T08:20
25.12 at 10:00 greet Mary | greet Mary | 2026-12-25T10:00
25.12.2026 10:00 greet Mary | greet Mary | 2026-12-25T10:00
2026-12-01 14:30 thesis defence | thesis defence | 2026-12-01T14:30
2026-12-01T14:30 thesis defence | thesis defence | 2026-12-01T14:30
12/25 at 10am greet Mary | greet Mary | 2026-12-25T10:00
June 1 2027 at 8am holiday | holiday | 2027-06-01T08:00
June 1st, 2027 at 8am holiday | holiday | 2027-06-01T08:00
1st of June at 8am holiday | holiday | 2027-06-01T08:00
Dec 3 at noon manicure | manicure | 2026-12-03T12:00
3 Dec 12:00 manicure | manicure | 2026-12-03T12:00
March 8 congratulate mum | congratulate mum | 2027-03-08T09:00
on the fifth of December in the evening guests | guests | 2026-12-05T19:00
on Monday call the school | call the school | 2026-11-30T09:00
Mon 9:00 report | report | 2026-11-30T09:00
thurs at 5pm pool | pool | 2026-11-26T17:00
this weekend clean the garage | clean the garage | 2026-11-28T09:00
next weekend hiking | hiking | 2026-12-05T09:00
on the 5th of next month at noon meters | meters | 2026-12-05T12:00
29 February at noon wonder | wonder | 2028-02-29T12:00
every day at 9am vitamins | vitamins | 2026-11-25T09:00 | FREQ=DAILY
daily at 22:00 diary | diary | 2026-11-24T22:00 | FREQ=DAILY
every day at 9am and 9pm pills | pills | 2026-11-24T21:00 | FREQ=DAILY;BYHOUR=9,21;BYMINUTE=0
every day at 8:30 and 21:00 pills | pills | 2026-11-24T21:00 | FREQ=DAILY;BYHOUR=8,21;BYMINUTE=0,30;BYSETPOS=2,3
every morning a glass of water | a glass of water | 2026-11-25T09:00 | FREQ=DAILY
every evening at 10:30pm go to bed | go to bed | 2026-11-24T22:30 | FREQ=DAILY
every morning at 7 workout | workout | 2026-11-25T07:00 | FREQ=DAILY
on weekdays at 6:45pm pack the bag | pack the bag | 2026-11-24T18:45 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
on weekends at 11 walk the dog | walk the dog | 2026-11-28T11:00 | FREQ=WEEKLY;BYDAY=SA,SU
every weekend at 11:00 call grandma | call grandma | 2026-11-28T11:00 | FREQ=WEEKLY;BYDAY=SA,SU
on Mondays and Wednesdays at 7pm English | English | 2026-11-25T19:00 | FREQ=WEEKLY;BYDAY=MO,WE
every Mon, Wed and Fri at 7:30 run | run | 2026-11-25T07:30 | FREQ=WEEKLY;BYDAY=MO,WE,FR
every Tuesday and Thursday at 8pm dancing | dancing | 2026-11-24T20:00 | FREQ=WEEKLY;BYDAY=TU,TH
Mon-Fri at 9:00 stand-up | stand-up | 2026-11-25T09:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
Monday to Friday at 9:45 stand-up | stand-up | 2026-11-25T09:45 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
every day except Sunday at 10:30 open the shop | open the shop | 2026-11-24T10:30 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA
every other day at 8pm stretch | stretch | 2026-11-24T20:00 | FREQ=DAILY;INTERVAL=2
every hour stand up | stand up | 2026-11-24T11:00 | FREQ=HOURLY
every 2 hours from 9 to 18 drink water | drink water | 2026-11-24T11:00 | FREQ=DAILY;BYHOUR=9,11,13,15,17;BYMINUTE=0
every 30 minutes between 10am and 1pm blink | blink | 2026-11-24T10:30 | FREQ=DAILY;BYHOUR=10,11,12;BYMINUTE=0,30
every week on Friday at 5pm report | report | 2026-11-27T17:00 | FREQ=WEEKLY;BYDAY=FR
weekly on Fridays at 5pm report | report | 2026-11-27T17:00 | FREQ=WEEKLY;BYDAY=FR
every two weeks on Wednesday at 11:00 call | call | 2026-11-25T11:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=WE
once a week on Saturday vacuum | vacuum | 2026-11-28T09:00 | FREQ=WEEKLY;BYDAY=SA
every month on the 10th at noon meters | meters | 2026-12-10T12:00 | FREQ=MONTHLY;BYMONTHDAY=10
the 25th of every month at 10:00 payday | payday | 2026-11-25T10:00 | FREQ=MONTHLY;BYMONTHDAY=25
on the 1st and 15th of each month at 9:00 payday | payday | 2026-12-01T09:00 | FREQ=MONTHLY;BYMONTHDAY=1,15
monthly on the 5th at 9:00 rent | rent | 2026-12-05T09:00 | FREQ=MONTHLY;BYMONTHDAY=5
every last Friday of the month at 5pm beer | beer | 2026-11-27T17:00 | FREQ=MONTHLY;BYDAY=-1FR
the second Thursday of every month at 10:00 council | council | 2026-12-10T10:00 | FREQ=MONTHLY;BYDAY=2TH
last working day of every month at 4pm timesheet | timesheet | 2026-11-30T16:00 | FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1
every 3 months on the 1st at 10:00 tax | tax | 2026-12-01T10:00 | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1
annually on May 5 Peter's birthday | Peter's birthday | 2027-05-05T09:00 | FREQ=YEARLY;BYMONTH=5;BYMONTHDAY=5
every day at 9:00 until 1 June exercise | exercise | 2026-11-25T09:00 | FREQ=DAILY;UNTIL=20270601T235959
every day at 9:00, 10 times, eye drops | eye drops | 2026-11-25T09:00 | FREQ=DAILY;COUNT=10
every Tuesday at 7pm for 8 weeks course | course | 2026-11-24T19:00 | FREQ=WEEKLY;BYDAY=TU;UNTIL=20270118T235959
every day at 9:00 starting Monday walk | walk | 2026-11-30T09:00 | FREQ=DAILY
exercise every day at 7:00 | exercise | 2026-11-25T07:00 | FREQ=DAILY
meditate 10 minutes every day at 8am | meditate 10 minutes | 2026-11-25T08:00 | FREQ=DAILY
buy 2 tickets tomorrow at 11:00 | buy 2 tickets | 2026-11-25T11:00
tomorow at 18:00 call | call | 2026-11-25T18:00
on wendesday at 10:00 report | report | 2026-11-25T10:00
tomorrow 6pm football | football | 2026-11-25T18:00
6pm tomorrow football | football | 2026-11-25T18:00
may I call tomorrow at 9? | may I call? | 2026-11-25T09:00
tomorrow at 9 "meet on Friday": reschedule | "meet on Friday": reschedule | 2026-11-25T09:00
yesterday call mum | ?past
last Friday report | ?past
January 1 2020 buy bread | ?past
today at 9:00 buy bread | ?past
20 minutes ago tea | ?past
30 February at 10:00 wonder | ?no-such-date
June 31 holiday | ?no-such-date
the 32nd pay rent | ?no-such-date
tomorrow at 25:00 sleep | ?no-such-time
tomorrow at 9:75 sleep | ?no-such-time
tomorrow at 13pm lunch | ?no-such-time
every second blink | ?too-often
every 10 seconds blink | ?too-often
buy milk | ?when
tomorrow at 9 | ?what
remind me every day at 22:00 | ?what
in 20 minutes | ?what
!!! | ?unclear
tomorrow or Friday buy a ticket | ?unclear
tomorrow at midnight fireworks | ?unclear
05/06 at noon picnic | ?unclear
submit the report by Friday | ?when
biweekly on Friday at 5pm report | ?unclear
in a few minutes tea | ?unclear
three times a week run | ?unclear
10 minutes before the meeting tomorrow at 9 leave | ?unclear
today buy bread | ?when
`,
);

/** Said on Sunday 29 November 2026 at 23:30 in New York. */
const NIGHT = phraseCases(
  '2026-11-30T04:30:00Z',
  'America/New_York',
  `
at 3 feed the baby | ?unclear
at 3am feed the baby | feed the baby | 2026-11-30T03:00
tomorrow at 9 work | work | 2026-11-30T09:00
Monday at 9 work | work | 2026-11-30T09:00
at midnight close the window | close the window | 2026-11-30T00:00
in 45 minutes lights off | lights off | 2026-11-30T00:15
this weekend cottage | ?past
the 30th report | report | 2026-11-30T09:00
the 31st at 8pm champagne | champagne | 2026-12-31T20:00
today at 11:45pm take out the rubbish | take out the rubbish | 2026-11-29T23:45
`,
);

/** 176 phrases. */
export const PHRASES_EN = [...TUESDAY, ...NIGHT];
