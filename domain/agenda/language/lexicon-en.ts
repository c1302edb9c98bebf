/** English words and the symbols by which the grammar knows them, as in lexicon-ru.ts. */
export const LEXICON_EN = `
wd1: monday
wd2: tuesday tuseday
wd3: wednesday wendsday wensday wednsday wendesday wedensday
wd4: thursday thrusday
wd5: friday
wd6: saturday saterday satarday
wd7: sunday
wp1: mondays
wp2: tuesdays
wp3: wednesdays
wp4: thursdays
wp5: fridays
wp6: saturdays
wp7: sundays
ws1: mon
ws2: tue tues
ws3: wed weds
ws4: thu thur thurs
ws5: fri
ws6: sat
ws7: sun
mon1: january jan
mon2: february feb
mon3: march mar
mon4: april apr
mon5: may
mon6: june jun
mon7: july jul
mon8: august aug
mon9: september sep sept
mon10: october oct
mon11: november nov
mon12: december dec
pn:m9: morning
pp:m9: mornings
pn:d14: afternoon
pp:d14: afternoons
pn:e19: evening
pp:e19: evenings
pn:n20: night
pp:n20: nights
every pn:n20: nightly
tonight: tonight tonite
am: am
pm: pm
noon: noon midday
midnight: midnight
lunch: lunch lunchtime
second: second
u:sec: seconds sec secs s
u:min: minute minutes min mins m
u:hour: hour hours hr hrs h
u:day: day days d
u:week: week weeks w
u:month: month months
u:year: year years yr yrs
n2 u:week: fortnight
every: every each evry evey
every u:day: everyday daily
every u:week: weekly
every u:month: monthly
every u:year: yearly annually
every u:hour: hourly
every n3 u:month: quarterly
every n2 u:week: fortnightly
biweekly: biweekly bimonthly
other: other
every other: alternate
wk1: weekday workday
wkp: weekdays workdays
work: working business
we: weekend
wep: weekends
today: today
tomorrow: tomorrow tommorow tommorrow tomorow tomorro tmrw tmr tomoz
yesterday: yesterday
now: now
next: next
near: coming upcoming
this: this
last: last
prev: previous
in: in
ago: ago
later: later hence
at: at
on: on
by: by
from: from since
to: to
until: until till til
through: through thru
between: between
and: and
or: or
of: of
the: the
a: a an
per: per
half: half
quarter: quarter
past: past
oclock: o'clock oclock o’clock
before: before
after: after
start: starting beginning
with: with
for: for
during: during
inarow: row
only: only
except: except excluding but
n1 times: once
n2 times: twice
n3 times: thrice
times: times
even: even
odd: odd
few: few several
end: end
begin: start
mid: middle mid
sharp: sharp
good: good
around: about around approximately exactly
n0: zero
n1: one
n2: two couple
n3: three
n4: four
n5: five
n6: six
n7: seven
n8: eight
n9: nine
n10: ten
n11: eleven
n12: twelve
n13: thirteen
n14: fourteen
n15: fifteen
n16: sixteen
n17: seventeen
n18: eighteen
n19: nineteen
n20: twenty
n30: thirty
n40: forty
n50: fifty
n60: sixty
n90: ninety
q1: first
q3: third
q4: fourth
q5: fifth
q6: sixth
q7: seventh
q8: eighth
q9: ninth
q10: tenth
q11: eleventh
q12: twelfth
q13: thirteenth
q14: fourteenth
q15: fifteenth
q16: sixteenth
q17: seventeenth
q18: eighteenth
q19: nineteenth
q20: twentieth
q30: thirtieth
please: please pls
me: me us
remind: remind
remindn: reminder
put: set create add make
that: that
same: same
clock: time
every work pn:n20: weeknight weeknights
`;
