/** Phrases written after the grammar and without looking at it, to see how general it is. */
import { phraseCases } from './phrase-list.ts';

/** Said on Tuesday 24 November 2026 at 10:00 in Moscow. */
export const MORE_RU = phraseCases(
  '2026-11-24T07:00:00Z',
  'Europe/Moscow',
  `
Завтра с утра позвонить в поликлинику | позвонить в поликлинику | 2026-11-25T09:00
надо забрать костюм из химчистки в субботу после обеда | надо забрать костюм из химчистки | 2026-11-28T14:00
встретить Катю на вокзале 27 ноября в 6 утра | встретить Катю на вокзале | 2026-11-27T06:00
оплатить ЖКХ 10 числа каждого месяца | оплатить ЖКХ | 2026-12-10T09:00 | FREQ=MONTHLY;BYMONTHDAY=10
не забыть ключи завтра в 8 | не забыть ключи | 2026-11-25T08:00
таблетки в 8 утра и 8 вечера каждый день | таблетки | 2026-11-24T20:00 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0
поменять фильтр раз в 3 месяца | поменять фильтр | 2026-11-25T09:00 | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25
День рождения Лены 14 февраля | День рождения Лены | 2027-02-14T09:00
поздравлять Лену каждое 14 февраля | поздравлять Лену | 2027-02-14T09:00 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14
проверить духовку через 40 мин. | проверить духовку | 2026-11-24T10:40
через 2 недели в понедельник в 11 созвон с Алексеем | созвон с Алексеем | 2026-12-07T11:00
каждую среду в 19.30 хор | хор | 2026-11-25T19:30 | FREQ=WEEKLY;BYDAY=WE
по вторникам и четвергам, 20:00 — йога | йога | 2026-11-24T20:00 | FREQ=WEEKLY;BYDAY=TU,TH
завтра 8 утра разбудить сына | разбудить сына | 2026-11-25T08:00
вынести мусор в 21:30 | вынести мусор | 2026-11-24T21:30
в конце месяца подвести итоги | ?unclear
Сб в 12 шиномонтаж | шиномонтаж | 2026-11-28T12:00
купить билеты на концерт 5 декабря завтра вечером | ?unclear
в ближайшую пятницу в 17:00 сдать ключи | сдать ключи | 2026-11-27T17:00
каждый первый вторник месяца в 15:00 субботник | субботник | 2026-12-01T15:00 | FREQ=MONTHLY;BYDAY=1TU
каждые 45 минут вставать | ?too-often
каждые 4 часа мерить температуру | мерить температуру | 2026-11-24T14:00 | FREQ=HOURLY;INTERVAL=4
через неделю в это же время позвонить | позвонить | 2026-12-01T10:00
во вторник 1 декабря в 10 утра флюорография | флюорография | 2026-12-01T10:00
ежедневно в 7:00, 13:00 и 19:00 мерить давление | мерить давление | 2026-11-24T13:00 | FREQ=DAILY;BYHOUR=7,13,19;BYMINUTE=0
сегодня в полночь поздравить Диму | поздравить Диму | 2026-11-25T00:00
в 00:30 проверить бэкап | проверить бэкап | 2026-11-25T00:30
через год проверить ОСАГО | проверить ОСАГО | 2027-11-24T10:00
каждый будний вечер в 20:00 гулять | гулять | 2026-11-24T20:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
с понедельника по четверг в 10 зарядка | зарядка | 2026-11-25T10:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH
каждый день до Нового года в 12:00 открывать адвент | ?unclear
через час двадцать выключить утюг | ?unclear
без пятнадцати восемь выходим | выходим | 2026-11-24T19:45
в семь вечера ужин у родителей | ужин у родителей | 2026-11-24T19:00
ровно в 12:00 обед | обед | 2026-11-24T12:00
1-го января в 12 поздравить всех | поздравить всех | 2027-01-01T12:00
каждые две недели в пятницу в 16:00 ретро | ретро | 2026-11-27T16:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
отчёт по пятницам к 15:00 | отчёт | 2026-11-27T15:00 | FREQ=WEEKLY;BYDAY=FR
на следующей неделе записаться к врачу | ?when
30.11 в 18-00 родительское собрание | родительское собрание | 2026-11-30T18:00
`,
);

/** Said on Tuesday 24 November 2026 at 10:00 in Berlin. */
export const MORE_EN = phraseCases(
  '2026-11-24T09:00:00Z',
  'Europe/Berlin',
  `
Pick up dry cleaning Saturday afternoon | Pick up dry cleaning | 2026-11-28T14:00
flight to Rome on Nov 27th at 6:15 am | flight to Rome | 2026-11-27T06:15
pay the bills on the 10th of every month | pay the bills | 2026-12-10T09:00 | FREQ=MONTHLY;BYMONTHDAY=10
take meds at 8am and 8pm daily | take meds | 2026-11-24T20:00 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0
change the filter every 3 months | change the filter | 2026-11-25T09:00 | FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=25
Lena's birthday February 14 | Lena's birthday | 2027-02-14T09:00
wish Lena happy birthday every 14th of February | wish Lena happy birthday | 2027-02-14T09:00 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=14
check the oven in 40 min | check the oven | 2026-11-24T10:40
two weeks from Monday at 11 call Alex | call Alex | 2026-12-14T11:00
choir every Wednesday 7:30pm | choir | 2026-11-25T19:30 | FREQ=WEEKLY;BYDAY=WE
yoga Tuesdays and Thursdays at 20:00 | yoga | 2026-11-24T20:00 | FREQ=WEEKLY;BYDAY=TU,TH
wake up at 7am tomorrow | wake up | 2026-11-25T07:00
take the bins out at 21:30 | take the bins out | 2026-11-24T21:30
at the end of the month review the budget | ?unclear
Sat noon tyre change | tyre change | 2026-11-28T12:00
book concert tickets for December 5 tomorrow evening | ?unclear
this coming Friday at 5pm hand over the keys | hand over the keys | 2026-11-27T17:00
first Tuesday of every month 3pm review | review | 2026-12-01T15:00 | FREQ=MONTHLY;BYDAY=1TU
every 45 minutes stand up | ?too-often
every 4 hours check temperature | check temperature | 2026-11-24T14:00 | FREQ=HOURLY;INTERVAL=4
one week from now call the plumber | call the plumber | 2026-12-01T10:00
Tuesday December 1st at 10am chest X-ray | chest X-ray | 2026-12-01T10:00
measure pressure every day at 7:00, 13:00 and 19:00 | measure pressure | 2026-11-24T13:00 | FREQ=DAILY;BYHOUR=7,13,19;BYMINUTE=0
tonight at midnight congratulate Dan | congratulate Dan | 2026-11-25T00:00
at 00:30 check the backup | check the backup | 2026-11-25T00:30
in one year check the insurance | check the insurance | 2027-11-24T10:00
weeknights at 8pm walk | walk | 2026-11-24T20:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
Monday through Thursday at 10 exercise | exercise | 2026-11-25T10:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH
every day until New Year at noon open the calendar | ?unclear
in an hour and twenty minutes turn off the iron | turn off the iron | 2026-11-24T11:20
at a quarter to eight we leave | we leave | 2026-11-24T19:45
7pm dinner at parents | dinner at parents | 2026-11-24T19:00
Jan 1 at noon greet everyone | greet everyone | 2027-01-01T12:00
every second Friday at 4pm retro | retro | 2026-11-27T16:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=FR
next week book the doctor | ?when
30 Nov 18:00 parents' meeting | parents' meeting | 2026-11-30T18:00
remind me every Sunday evening to plan the week | plan the week | 2026-11-29T19:00 | FREQ=WEEKLY;BYDAY=SU
don't forget to call Sam on Thursday | don't forget to call Sam | 2026-11-26T09:00
water plants twice a week on Tuesday and Friday at 9 | water plants | 2026-11-27T09:00 | FREQ=WEEKLY;BYDAY=TU,FR
set an alarm for 6:45 tomorrow | set an alarm | 2026-11-25T06:45
`,
);

/** Odd ones, said at the same moment in Moscow; judged by hand. */
export const ODD = phraseCases(
  '2026-11-24T07:00:00Z',
  'Europe/Moscow',
  `
позвонить по номеру 555-12-30 завтра в 9 | позвонить по номеру 555-12-30 | 2026-11-25T09:00
встреча в 5 корпусе завтра в 14:00 | ?unclear
доброе утро каждый день в 8 | доброе утро | 2026-11-25T08:00 | FREQ=DAILY
зал пн/ср/пт 7:00 | зал | 2026-11-25T07:00 | FREQ=WEEKLY;BYDAY=MO,WE,FR
зал пн-ср-пт 7:00 | зал | 2026-11-25T07:00 | FREQ=WEEKLY;BYDAY=MO,WE,FR
через три недели в пятницу в 18:00 матч | матч | 2026-12-18T18:00
последнее воскресенье марта перевод часов | перевод часов | 2027-03-28T09:00
с 1 по 10 декабря каждый день в 9 капли | капли | 2026-12-01T09:00 | FREQ=DAILY;UNTIL=20261210T235959
каждый день 5 дней подряд в 9 капли | капли | 2026-11-25T09:00 | FREQ=DAILY;UNTIL=20261129T235959
ежедневно с 9 до 18 каждый час вода | вода | 2026-11-24T11:00 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17,18;BYMINUTE=0
каждый час с 9 утра до 6 вечера вода | вода | 2026-11-24T11:00 | FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16,17,18;BYMINUTE=0
поставь напоминание на завтра на 9 утра позвонить врачу | позвонить врачу | 2026-11-25T09:00
а напомни-ка мне завтра в 9 встать | встать | 2026-11-25T09:00
завтра с 15 до 16 встреча | с 15 до 16 встреча | 2026-11-25T15:00
завтра в районе 9 зайти | зайти | 2026-11-25T09:00
завтра часов в 9 зайти | зайти | 2026-11-25T09:00
два раза в день в 8 и 20 капли | капли | 2026-11-24T20:00 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0
2 раза в день капли | ?unclear
по будням кроме пятницы в 9 работа | работа | 2026-11-25T09:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH
в пятницу, 4 декабря, в 10 ужас | ужас | 2026-12-04T10:00
в пятницу, 5 декабря, в 10 ужас | ?unclear
завтра 15-00 врач | врач | 2026-11-25T15:00
завтра 1500 врач | ?unclear
через час-полтора вода | ?unclear
через минут 20 вода | ?unclear
спустя час вода | вода | 2026-11-24T11:00
не позже 15:00 позвонить | ?unclear
КАЖДЫЙ ДЕНЬ В 9 ЗАРЯДКА | ЗАРЯДКА | 2026-11-25T09:00 | FREQ=DAILY
say good night every day at 10pm | say good night | 2026-11-24T22:00 | FREQ=DAILY
march to the store tomorrow | march to the store | 2026-11-25T09:00
May called, call her back tomorrow | May called, call her back | 2026-11-25T09:00
sun cream on Saturday | sun cream | 2026-11-28T09:00
mon-wed-fri 7am gym | gym | 2026-11-25T07:00 | FREQ=WEEKLY;BYDAY=MO,WE,FR
a week on Friday at 6pm match | match | 2026-12-04T18:00
Friday week at 6pm match | ?unclear
first of the month pay rent | pay rent | 2026-12-01T09:00
from December 1 to December 10 every day at 9 drops | drops | 2026-12-01T09:00 | FREQ=DAILY;UNTIL=20261210T235959
every 15 min 9am-11am water | water | 2026-11-24T10:15 | FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,15,30,45
meeting tomorrow 3-4pm | meeting 3-4pm | 2026-11-25T15:00
meeting tomorrow from 3 to 4pm | meeting from 3 to 4pm | 2026-11-25T15:00
add a reminder: call the doctor tomorrow 9am | call the doctor | 2026-11-25T09:00
can you remind me tomorrow at 9 to stand up | stand up | 2026-11-25T09:00
tomorrow 15 dentist | ?unclear
tomorrow at about 9 visit | visit | 2026-11-25T09:00
half past 7 pm tea | tea | 2026-11-24T19:30
seven thirty pm tea | tea | 2026-11-24T19:30
7.30pm tea | tea | 2026-11-24T19:30
12 noon tea | tea | 2026-11-24T12:00
weekday mornings at 7 run | run | 2026-11-25T07:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
Friday nights at 8 movie | movie | 2026-11-27T20:00 | FREQ=WEEKLY;BYDAY=FR
every even day drops | drops | 2026-11-26T09:00 | FREQ=MONTHLY;BYMONTHDAY=2,4,6,8,10,12,14,16,18,20,22,24,26,28,30
in 1.5h water | water | 2026-11-24T11:30
in an hour or two water | ?unclear
no later than 3pm call | ?unclear
first and third Monday of every month at 9 meeting | meeting | 2026-12-07T09:00 | FREQ=MONTHLY;BYDAY=1MO,3MO
2027-02-30 party | ?no-such-date
напомни в четверг вечером про родительское собрание | про родительское собрание | 2026-11-26T19:00
завтра к 10 утра подготовить презентацию | подготовить презентацию | 2026-11-25T10:00
в субботу и воскресенье в 10 кормить кошку соседей | ?unclear
каждую субботу и воскресенье в 10 кормить кошку | кормить кошку | 2026-11-28T10:00 | FREQ=WEEKLY;BYDAY=SA,SU
через три часа перезвонить клиенту | перезвонить клиенту | 2026-11-24T13:00
17 декабря в половине третьего приём у врача | приём у врача | 2026-12-17T14:30
каждые полтора часа делать перерыв | делать перерыв | 2026-11-24T11:30 | FREQ=MINUTELY;INTERVAL=90
5-го и 20-го числа каждого месяца в 12 аванс и зарплата | аванс и зарплата | 2026-12-05T12:00 | FREQ=MONTHLY;BYMONTHDAY=5,20
каждый последний день месяца в 20:00 закрыть смену | закрыть смену | 2026-11-30T20:00 | FREQ=MONTHLY;BYMONTHDAY=-1
за час до полуночи выключить рекламу | ?unclear
по нечётным дням в 7 утра пробежка | пробежка | 2026-11-25T07:00 | FREQ=MONTHLY;BYMONTHDAY=1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31
первого числа каждого месяца передавать показания | передавать показания | 2026-12-01T09:00 | FREQ=MONTHLY;BYMONTHDAY=1
в 6:15 подъём | подъём | 2026-11-25T06:15
в понедельник в половине десятого летучка | летучка | 2026-11-30T09:30
каждый третий день поливать кактус | поливать кактус | 2026-11-25T09:00 | FREQ=DAILY;INTERVAL=3
раз в десять дней менять воду | менять воду | 2026-11-25T09:00 | FREQ=DAILY;INTERVAL=10
в 20-00 новости | новости | 2026-11-24T20:00
сегодня через 2 часа забрать посылку | забрать посылку | 2026-11-24T12:00
с завтрашнего дня каждый день в 7 зарядка | зарядка | 2026-11-25T07:00 | FREQ=DAILY
каждый день в 9 кроме выходных стендап | стендап | 2026-11-25T09:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR
каждую пятницу до конца года в 18 отчёт | отчёт | 2026-11-27T18:00 | FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T235959
по субботам с 10 до 12 кружок | с 10 до 12 кружок | 2026-11-28T10:00 | FREQ=WEEKLY;BYDAY=SA
напомни послезавтра утром купить корм коту 🐱 | купить корм коту 🐱 | 2026-11-26T09:00
в ноябре 28 числа оплатить кредит | оплатить кредит | 2026-11-28T09:00
28.11.2026 в 8 утра поезд | поезд | 2026-11-28T08:00
через 10 дней вернуть книгу | вернуть книгу | 2026-12-04T10:00
31.12 23:30 речь | речь | 2026-12-31T23:30
два раза в неделю во вторник и четверг в 19 бассейн | бассейн | 2026-11-24T19:00 | FREQ=WEEKLY;BYDAY=TU,TH
каждый год 29 февраля поздравить Юлю | поздравить Юлю | 2028-02-29T09:00 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29
ежемесячно в последнюю пятницу в 17:00 ретро | ретро | 2026-11-27T17:00 | FREQ=MONTHLY;BYDAY=-1FR
remind me on Thursday evening about the parents meeting | the parents meeting | 2026-11-26T19:00
prepare slides by 10am tomorrow | prepare slides | 2026-11-25T10:00
feed the cat every Saturday and Sunday at 10 | feed the cat | 2026-11-28T10:00 | FREQ=WEEKLY;BYDAY=SA,SU
call the client back in three hours | call the client back | 2026-11-24T13:00
doctor's appointment on December 17 at half past two | doctor's appointment | 2026-12-17T14:30
take a break every hour and a half | take a break | 2026-11-24T11:30 | FREQ=MINUTELY;INTERVAL=90
on the 5th and 20th of each month at noon payday | payday | 2026-12-05T12:00 | FREQ=MONTHLY;BYMONTHDAY=5,20
close the shift on the last day of each month at 8pm | close the shift | 2026-11-30T20:00 | FREQ=MONTHLY;BYMONTHDAY=-1
water the cactus every third day | water the cactus | 2026-11-25T09:00 | FREQ=DAILY;INTERVAL=3
change water every ten days | change water | 2026-11-25T09:00 | FREQ=DAILY;INTERVAL=10
wake up at 6:15 | wake up | 2026-11-25T06:15
Monday half past nine briefing | briefing | 2026-11-30T09:30
8pm news | news | 2026-11-24T20:00
starting tomorrow every day at 7 exercise | exercise | 2026-11-25T07:00 | FREQ=DAILY
every Friday until the end of the year at 6pm report | report | 2026-11-27T18:00 | FREQ=WEEKLY;BYDAY=FR;UNTIL=20261231T235959
Saturdays from 10 to 12 club | from 10 to 12 club | 2026-11-28T10:00 | FREQ=WEEKLY;BYDAY=SA
the day after tomorrow in the morning buy cat food 🐱 | buy cat food 🐱 | 2026-11-26T09:00
return the book in 10 days | return the book | 2026-12-04T10:00
12/31 11:30pm speech | speech | 2026-12-31T23:30
Tuesday and Thursday every week at 7pm pool | pool | 2026-11-24T19:00 | FREQ=WEEKLY;BYDAY=TU,TH
every Feb 29 congratulate Julia | congratulate Julia | 2028-02-29T09:00 | FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29
last Friday of each month at 5pm retro | retro | 2026-11-27T17:00 | FREQ=MONTHLY;BYDAY=-1FR
every 1st of the month check meters | check meters | 2026-12-01T09:00 | FREQ=MONTHLY;BYMONTHDAY=1
pay taxes every April 15 at 10am | pay taxes | 2027-04-15T10:00 | FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=15
Nov 28, 2026 8am train | train | 2026-11-28T08:00
in 2 weeks from now dentist | dentist | 2026-12-08T10:00
tomorrow midday sync | sync | 2026-11-25T12:00
Sunday 7 am hike | hike | 2026-11-29T07:00
each morning at 06:45 meditate | meditate | 2026-11-25T06:45 | FREQ=DAILY
once every two weeks on Monday clean aquarium | clean aquarium | 2026-11-30T09:00 | FREQ=WEEKLY;INTERVAL=2;BYDAY=MO
every other Tuesday 15:30 therapy | therapy | 2026-11-24T15:30 | FREQ=WEEKLY;INTERVAL=2;BYDAY=TU
every weekday except Wednesday at 9 office | office | 2026-11-26T09:00 | FREQ=WEEKLY;BYDAY=MO,TU,TH,FR
Every 1st and 3rd Monday of the month at 9 meeting | meeting | 2026-12-07T09:00 | FREQ=MONTHLY;BYDAY=1MO,3MO
`,
);
