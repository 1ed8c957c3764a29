# الاطلاع على البيانات الجمركية: جودة السجل والأسباب والأعداد حسب المكتب.
access = الاطلاع على البيانات الجمركية
wb-access = الاطلاع على البيانات
access-what = هل يكفي السجل، وأي اطلاع وأي عمل تفسّره الأسباب المتفق عليها، وما الذي يبقى، حسب المكتب
wb-access-what = هل يكفي السجل، وأي اطلاع وأي عمل تفسّره الأسباب المتفق عليها، وما الذي يبقى، حسب المكتب
wb-errand-explain = عدّ ما تفسّره الأسباب
wb-errand-draw = سحب عيّنة الشهر
wb-errand-cut = إعداد جدول طلبته النقابة
problem-CutError = لا يقبل الجدول هذه الخطوة الآن، أو ليس منك؛ ولم يُدوَّن شيء.
gov-two-reason = الموافقة على سبب يفسّر الاطلاع
wb-reason-reason-check = فحص سبب مقترح
problem-TemplateError = لا يمكن لهذا السبب أن يخطو هذه الخطوة الآن، أو ليس منك، أو لا يُكتب هكذا؛ ولم يُدوَّن شيء.
problem-SampleError = لا تقبل عيّنة الشهر هذه الخطوة الآن، أو ليس منك؛ ولم يُدوَّن شيء.
access-lead = كل قيد في السجل اطّلع به موظف على بيان جمركي أو عمل فيه شيئًا يُعرض على الأسباب المتفق عليها. تُعدّ المكاتب، ولا يُعدّ أحد بمفرده.
access-neutral = «غير مفسَّر» وصف محايد: قد ينقص سبب، أو لم يُسلَّم الجدول الذي يقرؤه. ولا يقول شيئًا عن أحد.
access-running = عدٌّ ينتظر أو يجري. أعد تحميل هذه الصفحة بعد قليل.
access-job = افتح المهمة
access-ended-failed = تعذّر إنجاز العدّ الأخير.
access-ended-stopped = أُوقف العدّ الأخير.
access-ended-interrupted = انقطع العدّ الأخير.
access-ask-again = اطلبه من جديد أدناه.
access-others-ask = يمكن لمسؤول النزاهة أو محلل أو أمين البيانات أن يطلبه من جديد.
access-former = جرى هذا العدّ على سجلات سابقة. أعد العدّ.
access-other-reasons = الأسباب السارية الآن غير التي جرى بها هذا العدّ. أعد العدّ.
access-count = عُدّ
access-count-again = عُدّ ما كان سيفسّره
access-not-counted = لم يجرِ العدّ بعد.
access-count-first = لم يجرِ العدّ بعد. ابدأ بالزر أعلاه.
access-others-first = يمكن لمسؤول النزاهة أو محلل أو أمين البيانات أن يطلب العدّ.
access-quality = جودة السجل
access-quality-what = تُقاس أولًا: ففي سجل رديء يبدو العمل النزيه غير مفسَّر. وإذا جُووز حدّ فلا يُعدّ شيء.
access-measure = ما يُقاس
access-share = الحصة
access-limit = الحدّ
access-verdict = بالكلمات
access-at-least = { $share } على الأقل
access-at-most = { $share } على الأكثر
access-no-limit = لا حدّ
access-stops = خارج الحدّ
access-passes = ضمن الحدّ
access-measure-user = القيود التي فيها مستخدم
access-measure-time = القيود التي فيها يوم
access-measure-clock = القيود التي فيها ساعة
access-measure-action = القيود التي فيها إجراء
access-measure-record = القيود التي ينبغي أن تمسّ ملفًا وتسمّيه
access-measure-reason = القيود التي ينبغي أن تمسّ ملفًا وتذكر سببًا
access-measure-terminal = قيود الأشخاص التي تسمّي محطة العمل
access-measure-two-places = الساعات التي عمل فيها حساب واحد من محطتين
access-measure-silent-days = الأيام التي سجّل فيها مكتب بيانات وسكت السجل عنه
access-measure-before-registration = قيود عن بيان قبل تسجيله بأكثر من يوم
access-stopped = لا يُعدّ شيء قبل إصلاح هذا. يُطلب من تقنية المعلومات:
access-mend-user = كتابة حساب المستخدم في كل قيد.
access-mend-time = كتابة اليوم في كل قيد.
access-mend-clock = كتابة الساعة في كل قيد: فبالأيام وحدها لا يتميّز ما قبل مما بعد.
access-mend-action = كتابة ما جرى في كل قيد.
access-mend-record = كتابة البيان، أو الشيء الذي مُسّ، في كل قيد يمسّ واحدًا.
access-mend-two-places = إعطاء كل شخص حسابًا خاصًا به: فكثيرًا ما عمل حساب واحد من محطتين في ساعة واحدة.
access-mend-silent-days = تسليم الأيام الناقصة: فالسجل ساكت في أيام سجّلت فيها المكاتب بيانات.
access-mend-before-registration = ضبط الساعات: ففي السجل قيود تسبق بكثير البيانات التي تمسّها.
access-lacks = ينقص في السجلات:
access-by-office = حسب المكتب
access-by-office-what = قيود الموظفين التي تمسّ بيانًا جمركيًا، حسب مكتب البيان. الاطلاع عرض أو طباعة أو تصدير؛ وكل ما سواه عمل.
access-looks = الاطلاع
access-acts = الأعمال
access-entries = القيود
access-explained = مفسَّرة
access-unexplained = غير مفسَّرة
access-own = بيان الموظف نفسه
access-all = كل المكاتب
access-few = أقل من 10
access-withheld = محجوب
access-withheld-what = تُقرَّب الأعداد إلى أقرب خمسة. ويُحجب ما يمثّل أقل من عشرة قيود أو عشرة موظفين، وما أكثره لموظف واحد، وما يكشف عددًا كهذا بالطرح.
access-own-what = من مسّ بيانًا هو المصرّح فيه أو المستورد يُعدّ على حدة، ولا يفسّره أي سبب. أما إن كان البيان لقريب فلا يمكن الجزم: فلا جدول يقول ذلك.
access-own-cannot = لا يمكن الجزم هل مسّ أحد بيانًا يخصه: ففي هذه السجلات للموظفين والمتعاملين معرّفات من نوعين. ولا يمكن الجزم في شأن الأقارب كذلك.
access-others = وإلى جانب هذه، يمسّ بيانًا { $n } من القيود لمستخدمين ليسوا في سجلات شؤون الموظفين: متعاملون أو وكلاء أو أنظمة أخرى أو حسابات لا يُسأل عنها أحد.
access-others-few = قيود المستخدمين الذين ليسوا في سجلات شؤون الموظفين أقل من عشرة، أو لأقل من عشرة مستخدمين.
access-counted-at = جرى العدّ في { $when }.
access-chart-looks = اطلاع لا يفسّره أي سبب، حسب الشهر
access-chart-acts = أعمال لا يفسّرها أي سبب، حسب الشهر
access-chart-what = حصة قيود الشهر مع فترة ثقة 95%؛ وتُترك الشهور التي لا يجوز ذكرها
access-chart-alternative = حصص الشهور، وعددها { $n }، كل حصة بفترة ثقتها. والأعداد في الجدول.
access-share-unexplained = الحصة غير المفسَّرة
access-no-chart = لا رسم حسب الشهر: لأقل من شهرين أعداد يجوز ذكرها.
access-reasons = الأسباب
access-reasons-what = يقترحها شخص، ويوافق عليها أمين بيانات ومندوب نقابة. كل سبب بيانات من مفردات ثابتة؛ ويُعرض معه الاستعلام الذي يمثّله.
access-reason = السبب
access-overlap = قد يكون لقيد واحد أكثر من سبب، فلا تُجمع هذه الأعداد.
access-not-checked = لم يُفحص. ينقص في السجلات:
access-no-reason = لا سبب بعد: فكل شيء غير مفسَّر. ابدأ بمن يسند إليهم النظام العمل.
access-add = إضافة سبب
access-add-what = اختر النوع. وسترى بعدها كم قيدًا كان سيفسّره، قبل أن يوافق أحد.
access-state-waiting = ينتظر الموافقة
access-state-in-force = سارٍ
access-state-declined = مرفوض
access-state-withdrawn = مسحوب
access-state-replaced = حلّ محله غيره
access-state-unreadable = غير سارٍ: مُحيت كلماته، أو صار البرنامج يفهم منها شيئًا آخر
access-unreadable = سبب لم يعد يُقرأ
access-version = النسخة { $n }
access-of-looks = (الاطلاع)
access-of-acts = (الأعمال)
access-of-both = (الاطلاع والأعمال)
access-is-examiner = الموظف الفاحص لهذا البيان، من يوم الإسناد { $days ->
    [one] حتى اليوم التالي
    [two] حتى يومين بعده
    [few] حتى { $days } أيام بعده
    [many] حتى { $days } يومًا بعده
   *[other] حتى { $days } يوم بعده
 }
access-is-assigned = أُسند إليه هذا البيان، أولًا أو لاحقًا، من يوم الاختيار { $days ->
    [one] حتى اليوم التالي
    [two] حتى يومين بعده
    [few] حتى { $days } أيام بعده
    [many] حتى { $days } يومًا بعده
   *[other] حتى { $days } يوم بعده
 }
access-is-assigner = أسند هذا البيان إلى موظفه، من اليوم السابق { $days ->
    [one] حتى اليوم التالي
    [two] حتى يومين بعده
    [few] حتى { $days } أيام بعده
    [many] حتى { $days } يومًا بعده
   *[other] حتى { $days } يوم بعده
 }
access-is-inspector = أجرى محضر معاينة لهذا البيان، { $days ->
    [one] في حدود يوم منه
    [two] في حدود يومين منه
    [few] في حدود { $days } أيام منه
    [many] في حدود { $days } يومًا منه
   *[other] في حدود { $days } يوم منه
 }
access-is-posted = معيَّن في ذلك اليوم في مكتب البيان بصفة { $role }
access-is-duty = في مهمة دوّنها غيره مسبقًا ({ $duty })، ومعيَّن في ذلك اليوم في مكتب البيان
access-is-answer = خلال { $hours ->
    [one] ساعة
    [two] ساعتين
    [few] { $hours } ساعات
   *[other] { $hours } ساعة
 } من قيد غيره «{ $action }» على البيان نفسه
access-is-order = الأمر { $reference } يشمل { $traders }، لموظفي الوحدة { $unit }، من { $since } إلى ما قبل { $until }
access-is-order-counted = الأمر { $reference } يشمل { $n ->
    [one] متعاملًا واحدًا
    [two] متعاملَين
    [few] { $n } متعاملين
   *[other] { $n } متعاملًا
 }، لموظفي الوحدة { $unit }، من { $since } إلى ما قبل { $until }
access-role-chief = رئيس
access-role-supervisor = مشرف
access-duty-acting-for = نيابة عن غيره
access-duty-specialist-desk = مكتب متخصص
access-duty-training = تدريب
access-kind-examiner = الموظف الفاحص لهذا البيان
access-kind-examiner-what = المستخدم هو الموظف الذي عالج البيان.
access-kind-assigned = أُسند إليه هذا البيان
access-kind-assigned-what = اختير المستخدم للبيان، من النظام أو من شخص.
access-kind-assigner = أسند هذا البيان إلى موظفه
access-kind-assigner-what = اختار المستخدم موظفًا للبيان، واطّلع عليه من أجل ذلك.
access-kind-inspector = أجرى محضر معاينة
access-kind-inspector-what = وقّع المستخدم محضر معاينة للبيان.
access-kind-posted = رئيس مكتب البيان أو مشرفه
access-kind-posted-what = كان المستخدم معيَّنًا في ذلك المكتب في ذلك اليوم. أما كونه فاحصًا في المكتب فليس سببًا بذاته.
access-kind-duty = في مهمة مدوّنة
access-kind-duty-what = كالنيابة. ولا تُحتسب إلا إذا دُوّنت قبل القيد، ولم يدوّنها الموظف نفسه.
access-kind-answer = جواب على قيد غيره
access-kind-answer-what = كاستفسار أُجيب عنه، أو تعديل نُظر فيه.
access-kind-order = يشمله أمر
access-kind-order-what = كأمر تدقيق لمتعامل. ولموظفي الوحدة التي تنفّذه وحدهم.
access-reads = يقرأ
access-applies = ما يفسّره
access-applies-looks = الاطلاع: العرض والطباعة والتصدير
access-applies-acts = الأعمال: كل ما سوى ذلك
access-applies-both = الاطلاع والأعمال
access-field-days = الأيام
access-field-hours = الساعات
access-field-role = معيَّن بصفة
access-field-duty = المهمة
access-field-action = إجراء القيد الآخر كما يكتبه السجل
access-field-reference = رقم الأمر
access-field-unit = وحدة الموظفين كما يكتبها سجل شؤون الموظفين
access-field-traders = المتعاملون كما تكتبهم هذه السجلات
access-field-from = من
access-field-until = إلى ما قبل
access-hint-number = عدد صحيح من 1 إلى { $most }.
access-hint-action = حروف وأرقام ونقاط وشرطات؛ 40 على الأكثر.
access-hint-code = حروف وأرقام ونقاط وشرطات؛ 40 على الأكثر. لا أسماء.
access-hint-codes = من رمز إلى عشرة رموز، بينها مسافات. لا أسماء.
access-hint-day = يوم مثل ⁦2026-01-31⁩.
access-wrong-days = اكتب عددًا صحيحًا ضمن الحدّين
access-wrong-hours = اكتب عددًا صحيحًا ضمن الحدّين
access-wrong-role = اختر من القائمة
access-wrong-duty = اختر من القائمة
access-wrong-action = اكتب الرمز وحده
access-wrong-code = اكتب الرمز وحده
access-wrong-codes = اكتب من رمز إلى عشرة رموز
access-wrong-day = اكتب يومًا مثل ⁦2026-01-31⁩، والثاني بعد الأول
access-propose = اقترح
access-propose-what = يُدوَّن أنك اقترحته. ولا يفسّر شيئًا قبل أن يوافق شخصان آخران.
access-proposed-by = اقترحه { $who }، في { $when }.
access-would = ما كان سيفسّره
access-all-entries = قيود الموظفين التي تمسّ بيانًا جمركيًا
access-explains-alone = يفسّرها هذا السبب وحده
access-explains-beyond = لا تفسّرها الأسباب السارية، ويفسّرها هذا
access-left-before = غير مفسَّرة بالأسباب السارية
access-left-after = غير مفسَّرة مع هذا السبب أيضًا
access-sample = قيود سُحبت لفحصه
access-sample-what = سُحب عشوائيًا مما كان سيفسّره { $n ->
    [one] قيد واحد
    [two] قيدان
    [few] { $n } قيود
   *[other] { $n } قيدًا
 } ببصمة السبب نفسه: فلا يستطيع أحد أن يعيد السحب حتى تعجبه العيّنة.
access-sample-found = من العيّنة { $holds } تصحّ، و{ $fails } لا تصحّ، و{ $unclear } لا يمكن الجزم فيها. فحصها
access-sample-unchecked = لم يفحص أي أمين بيانات العيّنة بعد.
access-sample-open = افتح العيّنة
access-sample-not-yours = يفتح العيّنة أمين بيانات أو محلل، لغرض مدوّن. ومن يتكلم باسم الموظفين يرى الأعداد ونتيجة الفحص، ولا يرى أي قيد.
access-sample-none = لم تُسحب عيّنة: فهو يفسّر أقل من عشرة قيود، أو قيود أقل من عشرة موظفين.
access-sample-drawn = { $n ->
    [one] قيد واحد
    [two] قيدان
    [few] { $n } قيود
   *[other] { $n } قيدًا
 }، سُحبت بالبذرة
access-sample-numbered = رُقّم الموظفون والبيانات لهذه العيّنة وحدها؛ ولا تقود الأرقام إلى شيء غيرها.
access-user = الموظف
access-declaration = البيان
access-action = القيد
access-day = اليوم (UTC)
access-gap = منذ بدء السبب
access-hours-after = { $n ->
    [one] بعده بساعة
    [two] بعده بساعتين
    [few] بعده بـ{ $n } ساعات
   *[other] بعده بـ{ $n } ساعة
 }
access-hours-before = { $n ->
    [one] قبله بساعة
    [two] قبله بساعتين
    [few] قبله بـ{ $n } ساعات
   *[other] قبله بـ{ $n } ساعة
 }
access-check = ما وجدتَه
access-check-what = كم قيدًا من { $n } يفسّره السبب بحق؟ مجموع الأعداد الثلاثة { $n }.
access-check-holds = يصحّ
access-check-fails = لا يصحّ
access-check-unclear = لا يمكن الجزم
access-check-record = دوّن
access-purpose = لماذا تفتح هذه العيّنة؟
access-purpose-what = يُدوَّن جوابك في الدفتر قبل أن تُفتح العيّنة، لنصف ساعة. ويقرؤه المدقق.
access-agreement = الموافقة
access-agreement-what = يوافق أمين بيانات ومندوب نقابة، شخصان لم يقترحاه. وحتى ذلك لا يفسّر شيئًا.
access-as-steward = بصفة أمين البيانات
access-as-union = بصفة مندوب النقابة
access-not-yet = ليس بعد
access-another = يوافق شخص غير الذي اقترحه أو أعطى النصف الآخر.
access-approve = وافق بصفة أمين البيانات
access-agree = وافق بصفة مندوب النقابة
access-why-waiting = لماذا يُرفض
access-why-in-force = لماذا يُسحب
access-end-waiting = ارفض
access-end-in-force = اسحب
access-meaning = معناه بالضبط
access-statement = الاستعلام الذي ينفّذه البرنامج
access-digest = بصمة ما يُوافَق عليه:
access-new-version = اقترح نسخة أخرى
access-versions = النسخ
access-months = العيّنات الشهرية
access-months-card = تُسحب كل شهر بعض القيود التي لا يفسرها أي سبب ليطّلع عليها أشخاص، ويجوز سؤال الموظفين عنها.
access-months-what = حتى { $n } قيدًا من شهر لا يفسرها أي سبب متفق عليه. وتُعلَن البذرة في الدفتر أولًا: يحددها الشهر والسجلات والأسباب السارية، ويُسحب الشهر مرة واحدة. فلا أحد يعيد السحب حتى تعجبه العيّنة.
access-month = الشهر
access-month-drawn = المسحوبة
access-month-asked = المسؤول عنها
access-month-answered = المجاب عنها
access-month-late = بلا جواب حتى اليوم المحدد
access-month-ended = المنظور فيها إلى النهاية
access-month-seed = البذرة
access-month-by = أعلنها
access-month-announced = أُعلنت؛ والسحب ينتظر أو يجري
access-month-undrawn = أُعلنت ولم تُسحب بعد
access-month-draw = سحب ما أُعلن
access-no-month = لم يُعلَن أي شهر بعد.
access-month-limits = يقرأ الموظف السؤال في صفحته الخاصة. ومن لا صفحة له لا يصله السؤال، ولا يُخبَر أحد بمن له صفحة. وعدم الجواب لا يقول شيئًا عن أحد.
access-announce = الإعلان عن سحب
access-announce-hint = شهر انقضى، مثل 2026-03.
access-month-of = عيّنة { $month }
access-month-what = لا تقول هذه الصفحة لمن القيد، ولا يُخبَر أحد بمن سُئل. وللموظف الذي سُئل { $days } أيام؛ ولا يُغلَق القيد قبلها.
access-wording = نص السؤال، وهو واحد للجميع
access-entry = القيد { $n }
access-asked-at = سُئل الموظف، { $when }؛ والجواب حتى { $day }.
access-answer-late = لم يأت جواب حتى اليوم المحدد. وهذا محايد.
access-row-own = هذا قيد لك: ينظر فيه أمين بيانات آخر.
access-ask = سؤال الموظف
access-ask-n = سؤال موظف القيد { $n }
access-close = تدوين
access-close-n = قول ما وُجد في القيد { $n }
access-found = ما وُجد
access-end-of-accepted = ذُكر سبب وقُبل
access-end-of-no-reason = لم يوجد سبب؛ ولا يترتب شيء
access-end-of-system = السجل أو أحد الأسباب يحتاج إلى إصلاح
access-end-of-auditor = لينظر فيه المدقق
access-month-none = لم يبق شيء من هذا الشهر بلا تفسير.
asked = أسئلة عن قيود في السجل
asked-what = تُسحب بالقرعة قيود من الشهر لا يفسرها أي سبب مدوَّن، ويُسأل صاحبها. وسؤالك لا يقول شيئًا عنك. ويُقرأ جوابك بلا اسمك. ولك أن تتركه؛ ولا يترتب على ذلك وحده شيء.
asked-question = في السجل هذا القيد بحسابك، ولا يفسره أي سبب مدوَّن. ما الغرض منه؟
asked-entry = { $month }، القيد { $n }
asked-late = انقضى اليوم؛ ولك أن تجيب بعده.
asked-yours = جوابك
asked-reason = السبب
asked-answer-assigned = كُلِّفت به
asked-answer-asked = طلبه مني زميل أو رئيس
asked-answer-query = للرد على استفسار
asked-answer-mistake = فتحته خطأً
asked-answer-other = سبب آخر أذكره بكلماتي
asked-answer-not-me = لم أكن أنا
asked-answer-not-known = لا أذكر
asked-words = بكلماتك (بلا أسماء غيرك)
asked-send = إرسال الجواب
asked-nothing = لم تُسأل عن أي قيد.
