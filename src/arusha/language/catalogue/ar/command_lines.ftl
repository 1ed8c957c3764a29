## ما تطبعه أوامر الاستبيانات وحوكمة البيانات والتحقق من التقييمات.

survey-begun = لا يدل أي عدد على أقل من { $n } من الأشخاص في ما يمر عبر { $folder }
survey-digest = البصمة، لتدوينها في مكان آخر: { $digest }
survey-released = { $number } { $at } { $table }: الخلايا المعروضة { $shown }، والمحجوبة { $withheld }
survey-smallest = أصغر مجموعة: { $n }
survey-written = الخلايا المعروضة { $shown }، والمحجوبة { $withheld }: { $file }
survey-ledger-digest = بصمة الدفتر، لتدوينها في مكان آخر: { $digest }
rows-in-file = عدد الصفوف { $n }، وهي في { $file }
verify-again = الملفات كما يقول بيان المحتويات، وعددها { $files }؛ وعدد الوحدات { $units }، ومنها إشارات عددها { $signals }؛ وأُعيدت الخطة فأعطت البايتات نفسها
verify-not-again = الملفات كما يقول بيان المحتويات، وعددها { $files }؛ وعدد الوحدات { $units }، ومنها إشارات عددها { $signals }؛ ولم تُعَد الخطة (من دون --workspace)
data-load = { $at } { $digest } المقروء { $of } والمستبعد { $count } = { $share } (من { $low } إلى { $high }): { $verdict }
data-load-expected = { $at } { $digest } المقروء { $of } والمستبعد { $count } = { $share } (من { $low } إلى { $high }، والمتوقع { $most } على الأكثر): { $verdict }
data-changed = تغيّر: { $what }
data-no-load = لا يُعرف أي تحميل.
data-can-be-asked = يمكن طرحه
data-cannot-be-asked = لا يمكن طرحه: ينقص { $lacks }
data-helped = { $asked }؛ ويفيده { $unaided }
data-source = المصدر { $id }: { $state }؛ { $terms }؛ { $people }؛ المنتظر: { $n }
data-terms = { $cadence }، الجداول: { $tables }، الأعمدة: { $columns }
data-no-terms = لا شروط بعد
data-people = المالك { $owner }، أمين البيانات { $steward }
data-no-source = لم يُسجَّل أي مصدر.
data-letter = { $id }  { $state }  { $day }  النقاط: { $n }
data-no-letter = لم يُصَغ أي سؤال.
data-no-site = لم يُفتح أي موقع بعد: لا يُعرف شيء قد يكون حان أجله.
data-due = { $item } { $name }  انتهى أجله منذ { $day } ({ $ground })
data-due-kept = { $item } { $name }  انتهى أجله منذ { $day } ({ $ground })، ويبقى: { $kept }
data-going = يُحذف { $go }، ويبقى مع ذلك { $stay }.
clash-lacks = لا يمكن الجزم: ينقص السجلات { $what }.
clash-records = سجلات من { $first } إلى { $last }. مستخدمون كانت لهم صلاحيتا زوج في مكتب واحد:
clash-use-unknown = الاستخدام: لا يمكن الجزم
clash-used = عدد من استخدمهما { $users }، في بيانات عددها { $together } (منها بتكليف مدوَّن { $acting }، وباستثناء { $excepted })، وبالتتابع { $turn }، ومن دون صلاحية مدوَّنة { $lacking }
clash-pair = { $roles }: في آخر يوم { $now }، وفي الفترة { $ever }؛ { $use }
clash-empty = قائمة الأدوار الواجب الفصل بينها فارغة.
clash-no-use-acts = لا يمكن الجزم بشأن الاستخدام: لم يُصرَّح بأي عمل يخص أي دور (--acts FILE).
clash-no-use-log = لا يمكن الجزم بشأن الاستخدام: السجل لا يكفي.
clash-no-use-tables = لا يمكن الجزم بشأن الاستخدام: لا تتضمن السجلات لأي زوج أعمالًا خاصة بكل من الدورين.
clash-shared = أعمال للدورين معًا { $one } و{ $other }، تُركت: { $acts }.
clash-silent = أدوار لا عمل خاصًّا بها في زوج: { $names }.
clash-unread = أعمال لا يوجد جدولها في السجلات: { $names }.
clash-unknown = أدوار لا يشغلها أحد في السجلات: { $names }.
clash-strangers = بيانات فيها العملان ممن لم تجتمع له الصلاحيتان في السجلات قط: { $n }. فإما أن صلاحيات تنقصها، أو أن أعمالًا صُرّح بها لغير دورها.
clash-problem-backwards = صلاحيات تنتهي قبل أن تبدأ فلا أثر لها: { $n }.
clash-problem-twice = أزواج تذكرها القائمة مرتين: { $n }.
clash-problem-with-itself = أدوار تضعها القائمة في تعارض مع نفسها: { $n }.
