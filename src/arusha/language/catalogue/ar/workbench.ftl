## منصة العمل: قائمتها وصفحاتها ونماذجها.

wb-language = اللغة
wb-menu = القائمة
wb-comma = {"، "}
wb-welcome = مرحبًا
wb-what = تبيّن أروشا أين لم تُتَّبع قواعد الإدارة بما يتجاوز المصادفة، وما مدى الثقة في ذلك، وأي تفسير بريء تقدمه السجلات. الناس هم الذين ينظرون ويفسرون ويقررون.
wb-all-is-recorded = يُدوَّن كل اطلاع على إشارة وكل رفض، ويقرأ المدقق الداخلي هذا السجل.
wb-first = ما الذي تبدأ به
wb-entry = افتح العنوان الذي طبعته نافذة الأوامر. إنه يُبقي سائر مستخدمي هذا الحاسوب خارجًا.
wb-nothing-here = لا شيء مفتوح بعد. جرّب العرض، أو اتبع هذه الخطوات في نافذة الأوامر:
wb-step-demo = اطّلع على مثال مكتمل بأشخاص مختلَقين:
wb-step-ask = اطلب السجلات من إدارة تقنية المعلومات:
wb-step-load = حمّلها؛ تُستبدل الأسماء برموز مستعارة قبل تخزين أي صف:
wb-step-assess = اطرح الأسئلة:
wb-step-serve = افتح النتيجة هنا:
wb-workspace = المفتوح: { $name }
wb-no-role = ليس لك دور في مساحة العمل هذه بعد. يجب أن يطلب دورك شخصان مخوَّلان.
wb-solo = وضع الشخص الواحد
wb-solo-what = الشخص الواحد لا يقرر شيئًا بشأن أحد: لا سؤال عن الأشخاص نافذ، والجواب أعداد بحسب المكتب.
wb-assessments = التقييمات
wb-assessments-what = ما سُئلت عنه السجلات، وما نتج عنه
wb-no-assessment = لا تقييم بعد. اطرح الأسئلة أولًا في نافذة الأوامر:
wb-name = الاسم
wb-questions = الأسئلة
wb-charter = الميثاق
wb-charter-what = أين وصل كل سؤال، وما الذي اتُّفق عليه
wb-no-charter = ليس لمساحة العمل هذه ميثاق: إنها دراسة، ولم يوافق أحد على أسئلتها. يضع مسؤول النزاهة والمدقق الداخلي ميثاقًا معًا:
wb-stage = أين وصل
wb-stage-live = نافذ
wb-open-points = نقاط بلا رد
wb-objected =
    { $n ->
        [one] اعترضت النقابة مرة واحدة.
        [two] اعترضت النقابة مرتين.
        [few] اعترضت النقابة { $n } مرات.
       *[other] اعترضت النقابة { $n } مرة.
    }
wb-dossier = ملف هذا السؤال
wb-seen-by = من يجوز له رؤية إشارة
wb-seen-by-said = ما دام السؤال نافذًا، وبعد غرض يُدوَّن أولًا: { $roles }. ومن تتعلق به الإشارة يقرؤها في صفحته. وما لم يكن نافذًا: لا أحد؛ وتُذكر المكاتب والأعداد.
wb-after-signal = ما يجري بعد الإشارة
wb-after-signal-said = يبحث شخص أولًا عما يفسرها، ثم يأخذ مخرجًا من أربعة مع أسبابه: مفسَّرة، خطأ في البيانات، عرض الدعم، اقتراح تحقيق. والتحقيق يستلزم قارئًا ثانيًا. والإشارة وحدها لا تحسم شيئًا.
wb-how-contest = كيف يعترض الموظف
wb-how-contest-said = في صفحته، بكلماته، في أي وقت. ومن يفتح الإشارة يقرأ الاعتراض أولًا. وتقول الصفحة من اطّلع، وما آلت إليه الإشارة.
wb-ceiling = أعلى معدل إشارات موعود به
wb-lapses = تنتهي المشاورة
wb-definition = بصمة التعريف
wb-lacks = ما ينقصه ليصبح نافذًا
wb-lacks-nothing = لا شيء: يمكن أن يصبح نافذًا.
wb-said = ما قيل
wb-said-nothing = لا شيء بعد.
wb-entry-number = القيد { $n }
wb-threshold-said = معدل الإشارات الخاطئة { $rate }؛ وفرق لا يقل عن { $effect }
wb-threshold-count = معدل الإشارات الخاطئة { $rate }؛ وعدد يبتعد عن المتوقع بما لا يقل عن { $effect }
wb-retention-said =
    { $n ->
        [zero] تُحذف فورًا
        [one] شهر واحد، ثم تُحذف
        [two] شهران، ثم تُحذف
        [few] { $n } أشهر، ثم تُحذف
       *[other] { $n } شهرًا، ثم تُحذف
    }
wb-expunged = لم يعد محفوظًا.
wb-act-ask = سألت النقابة
wb-act-position = موقف النقابة
wb-act-answer = أجابت الإدارة
wb-act-committee = اللجنة المشتركة
wb-act-observer = سمّت النقابة مراقبًا
wb-act-observation = ملاحظة المراقب
wb-act-go-live = أصبح نافذًا
wb-act-pause = أُوقف مؤقتًا
wb-act-review = طُلبت مراجعة
wb-act-resume = استؤنف
wb-head-purpose = الغرض
wb-head-forbidden-uses = الاستعمالات الممنوعة
wb-head-unit = ما تجري مقارنته
wb-head-inputs = البيانات المستعملة
wb-head-peers = يُقارَن مع
wb-head-threshold = الحد
wb-head-minimum-n = أقل عدد من الحالات
wb-head-null-hypothesis = ما يُفترض
wb-head-statistic = الإحصاء
wb-head-explanations = التفسيرات المجرَّبة
wb-head-retention = مدة الحفظ
wb-head-gaming = كيف يمكن التحايل عليه
wb-head-counter-indicator = المؤشر المقابل
wb-head-expected-false-flags = الإشارات الخاطئة المتوقعة
wb-head-source = المصدر
wb-lack-dossier = ملف مكتمل
wb-lack-audit = تدقيق في الإنصاف
wb-lack-audit-file = ملف التدقيق محفوظًا مع الميثاق
wb-lack-audit-changed = ملف التدقيق كما دُوّن: غُيّر بعد ذلك
wb-lack-audit-form = ملف التدقيق كما كتبه الأمر arusha fairness
wb-lack-audit-question = تدقيق في هذا السؤال: الملف يخص سؤالًا آخر
wb-lack-audit-definition = تدقيق في هذا التعريف وهذه الخطة: الملف يخص إعدادات أخرى
wb-lack-audit-period = تدقيق يشمل اثني عشر شهرًا أو أكثر تنتهي قبل يومه
wb-lack-audit-records = تدقيق في السجلات المحمَّلة الآن
wb-lack-audit-empty = تدقيق يقارن مجموعتين أو أكثر
wb-lack-audit-again = تدقيق جديد: هذا الملف دُوّن من قبل بتاريخ أسبق
wb-lack-audit-unmade = تدقيق أجراه arusha fairness في مساحة العمل هذه
wb-lack-audit-unlisted = تدقيق بقائمة مجموعات؛ وهذا جدول طلبته النقابة
wb-lack-audit-after-pause = تدقيق بعد الإيقاف المؤقت
wb-lack-notice = إثبات الإخطار
wb-lack-position = موقف النقابة
wb-lack-answers = ردود الإدارة
wb-lack-committee = اللجنة المشتركة
wb-lack-solo = أكثر من شخص واحد
wb-lack-ceiling = معدل إشارات موعود به
wb-signals = الإشارات
wb-signals-what = القائمة لا تسمّي أحدًا. تُفتح الإشارة بعد أن تقول لماذا، ويُدوَّن ذلك.
wb-signal = إشارة
wb-no-signal = لا شيء يبرز.
wb-not-assessed = لم يمكن تقييمه: تنقص سجلات.
wb-purpose = لماذا تفتح هذه الإشارة؟
wb-purpose-what = يُدوَّن جوابك في السجل قبل أن تُفتح الإشارة لنصف ساعة. يقرؤه المدقق، ويمكن للمعنيّ أن يسأل من اطّلع.
wb-purpose-reason = السبب
wb-purpose-reference = المرجع
wb-purpose-reference-hint = رقم الطلب أو الخطة أو الملف. بلا أسماء.
wb-purpose-problem = اختر سببًا واذكر مرجعًا
wb-form-problem = هناك مشكلة
wb-reason-triage = نظرة أولى إلى إشارة جديدة
wb-reason-re-review = نظرة ثانية إلى إشارة مغلقة
wb-reason-complaint = شكوى أو بلاغ
wb-reason-audit-request = طلبه المدقق
wb-reason-report-taken = أُخذ التقرير كله ملفاً
wb-reason-learning = التعلم ببيانات مختلَقة
wb-reason-identity = أُفصح عن اسم من أجل تحقيق
wb-done-look-opened = فُتحت إشارة أو عينة
wb-done-look-seen = شوهدت صفحة
wb-done-look-exported = أُخذ ملفًا
wb-done-access-refused = رُفض
wb-done-identity-asked = طُلب اسم
wb-done-identity-opened = قيل اسم
wb-done-identity-refused = رُفض ذكر اسم
wb-open = فتح
wb-no-explanation = لا تقول السجلات شيئًا مما بُحث عنه. وهذا محايد.
wb-numbers = الأرقام
wb-rows = السجلات التي وراءها
wb-rows-what =
    { $n ->
        [one] سجل واحد، مع الملف والسطر اللذين يوجد فيهما في المصدر.
        [two] سجلان، كل منهما مع الملف والسطر اللذين يوجد فيهما في المصدر.
        [few] { $n } سجلات، كل منها مع الملف والسطر اللذين يوجد فيهما في المصدر.
       *[other] { $n } سجلًا، كل منها مع الملف والسطر اللذين يوجد فيهما في المصدر.
    }
wb-no-rows = لا يحفظ التقييم سجلات لهذه الإشارة.
wb-ledgers = دفاتر القيود
wb-ledgers-what = ما جرى، في دفتر لا يستطيع أحد تغييره خفيةً متى حاز غيره نقطة تحقق منه
wb-ledger-charter = دفتر الميثاق
wb-ledger-record = دفتر الاطلاع والمخارج والرفض
wb-ledger-holds = أُعيدت قراءة القيود الآن، وعددها { NUMBER($n) }. لا شيء في هذا الدفتر يناقض شيئًا فيه.
wb-ledger-cut = لا تستطيع هذه الصفحة أن تعرف إن كانت أحدث القيود قد حُذفت قبل تشغيل هذا البرنامج: لا يُظهر ذلك إلا نقطة تحقق يحملها شخص آخر. قارن عدد القيود بما لديه.
wb-ledger-changed = غُيّر هذا الدفتر
wb-entries = القيود
wb-root = الجذر
wb-checkpoints = نقاط التحقق
wb-no-checkpoint = لا شيء بعد. ما لم يحز غيرك واحدة، يمكن استبدال القيود خفيةً.
wb-checkpoint-how = لا يحمل الموقع مفتاح توقيع. من يحفظ المفتاح يصنع نقطة تحقق ويسلمها إلى النقابة والمدقق:
wb-signatures = التوقيعات
wb-proof = الإثبات
wb-growth = إثبات أنه لم يزد إلا نموًا منذئذ
wb-inclusion = إثبات القيد { $n }
wb-number = الرقم
wb-when = متى
wb-who = من
wb-done = ما جرى
wb-cannot-prove = ما لا يستطيع الدفتر إثباته
wb-limit-truth = أن القيد صحيح: القيد الكاذب يُحفظ بأمانة كالصادق.
wb-limit-left-out = أن شيئًا لم يُترك: ما لم يُدوَّن قط لا يترك أثرًا.
wb-limit-before-first-checkpoint = ما جرى للقيود قبل أن يحوز غيرك نقطة تحقق منها: كان يمكن استبدالها حتى ذلك الحين.
wb-limit-time = متى دُوّن القيد: الوقت وقت الجهاز. الشاهد أو الختم الزمني يقول فقط: ليس بعد كذا.
wb-limit-who = من ضغط الزر: يحمل الدفتر الرمز المستعار الذي أُعطي للبرنامج.
wb-limit-agreement = أن الجميع يرون الدفتر نفسه، إلا إذا قارن حائزو نقاط التحقق بعضها ببعض.
wb-looks = سجل الاطلاع
wb-looks-what = من فتح أي إشارة ومتى ولماذا، ومن رُفض طلبه
wb-no-look = لم يطّلع أحد على شيء بعد.
wb-refused = هذا غير مفتوح لك
wb-failed = تعذّر القيام بهذا
wb-refused-what = أدوارك لا تشمله. دُوّنت المحاولة. إن احتجته لعملك فاطلب الدور.
wb-absent = لا توجد صفحة كهذه
wb-absent-what = العنوان خطأ، أو أن ما كان هنا لم يعد معروضًا.
wb-you = تتصرف بصفتك { $who }:

## الأدوار.

wb-role-solo = شخص واحد
wb-role-integrity-lead = مسؤول النزاهة
wb-role-analyst = محلل
wb-role-investigator = محقق
wb-role-board-secretary = أمين المجلس
wb-role-board-member = عضو المجلس
wb-role-appeal-member = عضو هيئة الاستئناف
wb-role-subject = الموظف المعني
wb-role-representative = الممثل
wb-role-union-reviewer = مندوب النقابة
wb-role-union-expert = خبير النقابة
wb-role-until = حتى { $day }
wb-role-over = انتهى منذ { $day }
wb-role-survey-officer = مسؤول الاستطلاع
wb-role-data-steward = أمين البيانات
wb-role-key-holder = حامل المفتاح
wb-role-publisher = مسؤول النشر
wb-role-programme-manager = مدير البرنامج
wb-role-internal-auditor = المدقق الداخلي
wb-role-administrator = مدير النظام

## الدخول والأشخاص والحسابات.

wb-sign-in = تسجيل الدخول
wb-sign-in-problem = الاسم أو كلمة المرور خطأ، أو أن الحساب مقفل لربع ساعة
wb-sign-in-altered = غُيّر هذا الحساب من خارج البرنامج، فلا يفتح شيئًا. يستطيع من ينشئ الحسابات أن ينشئه من جديد، ويستطيع المدقق أن يقرأ أنه غُيّر
wb-account = اسم الحساب
wb-password = كلمة المرور
wb-continue = متابعة
wb-second-factor = العامل الثاني
wb-enrol = أضف هذا الموقع إلى تطبيق مصادقة: صوّر الرمز، أو اكتب السر.
wb-qr = رمز لتطبيق المصادقة
wb-secret = السر:
wb-code = رمز من ستة أرقام من التطبيق
wb-code-problem = الرمز خطأ أو استُعمل من قبل، أو أن الحساب مقفل لربع ساعة
wb-new-password = كلمة مرور جديدة من 12 حرفًا أو أكثر
wb-new-password-problem = اختر كلمة مرور أخرى: طويلة وليست من الشائعة
wb-sessions = جلساتك
wb-browser = المتصفح
wb-this-session = هذه
wb-yes = نعم
wb-end-others = إنهاء كل الجلسات الأخرى
wb-sign-out = تسجيل الخروج
wb-people = الأشخاص والأدوار
wb-people-what = من يجوز له ماذا، بالرمز المستعار. يمنح الدورَ أو يسحبه شخصان.
wb-role = الدور
wb-role-n = { $role } { $n }
wb-waiting = ينتظر شخصًا ثانيًا
wb-waits-grant = منح { $role } إلى { $who }، بطلب من { $first }
wb-waits-withdraw = سحب { $role } من { $who }، بطلب من { $first }
wb-grant = طلب منح
wb-grant-what = يُمنح الدور عندما يطلب شخصان مخوَّلان الشيء نفسه. لا أحد يمنح نفسه.
wb-withdraw = طلب سحب
wb-pseudonym = الرمز المستعار
wb-accounts = الحسابات
wb-accounts-what = من يمكنه الدخول. مدير النظام يشغّل الجهاز ولا يرى محتوى ولا أدوارًا.
wb-accounts-none = لا حساب بعد.
wb-accounts-make = يُنشأ الحساب على الجهاز نفسه ولا يفتح أي دور: الاسم المستعار بعد ‎--as هو اسم صاحبه، ويمنحه الدور شخصان آخران.
wb-last-sign-in = آخر دخول
wb-closed = مغلق
wb-locked = مقفل
wb-unlock = فتح القفل
wb-close-account = إغلاق
wb-act-as = اختر باسم من تتصرف
wb-act-as-what = كل من هنا مختلَق. يرى كل منهم ما يفتحه دوره فقط: جرّب صفحة ليست لك.

## التنبيهات.

wb-alerts = التنبيهات
wb-alerts-what = إشارات الأسئلة النافذة التي لا تفسرها السجلات. ابحث أولًا عما يبرئ الشخص.
wb-by-age = الأقدم أولًا؛ ولا شيء غير ذلك يحدد الترتيب
wb-age = مفتوح منذ
wb-state = الحالة
wb-days =
    { $n ->
        [zero] أقل من يوم
        [one] يوم واحد
        [two] يومان
        [few] { $n } أيام
       *[other] { $n } يومًا
    }
wb-late = تجاوز مهلته؛ والمدقق يراه
wb-no-alert = لا تنبيه ينتظرك. يصنع المحلل التنبيهات من إشارات سؤال نافذ.
wb-alerts-hidden = لا تُعرض تنبيهات الأسئلة التي لم تعد نافذة.
wb-alerts-more = التالية، الأقل قِدَمًا
wb-signals-more = الإشارات التالية لهذا السؤال
wb-overdue = تنبيهات متأخرة
wb-overdue-what = تنبيهات لم يبتّ فيها أحد خلال 30 يومًا، بلا محتواها
wb-no-overdue = لا شيء تجاوز مهلته.
wb-raise = إرسال غير المعتاد إلى التنبيهات
wb-history = من تنبيهات هذا السؤال المغلقة، وعددها { $n }: مفسَّرة { $explained }، أخطاء في البيانات { $error }، عروض دعم { $support }، تحقيقات { $inquiry }.
wb-history-few = أُغلق أقل من { $n } تنبيهات لهذا السؤال: لا يمكن بعد القول كم منها يُفسَّر.
wb-alert-raised = رُفع تنبيه
wb-alert-new = ينتظر
wb-alert-explained = أُغلق لأنه مفسَّر
wb-alert-data-error = أُغلق لخطأ في البيانات
wb-alert-support = عُرض الدعم
wb-alert-proposed = اقتُرح تحقيق
wb-alert-inquiry = تحقيق
wb-alert-concurred = وافق القارئ الثاني
wb-alert-not-concurred = لم يوافق القارئ الثاني
wb-alert-recused = لدى أحدهم تضارب مصالح
wb-alert-contested = يعترض عليه المعنيّ
wb-decide = القرار
wb-decide-what = أربعة مخارج، لكل منها أسبابه. ما تكتبه يُحفظ ويمكن للمعنيّ قراءته في القضية.
wb-exit-explained = مفسَّر
wb-exit-data-error = خطأ في البيانات
wb-exit-support = عرض الدعم
wb-exit-proposed = اقتراح تحقيق
wb-proposed-what = يلزم سندان، أحدهما من غير هذا السؤال. ويجب أن يوافق قارئ ثانٍ. قل أيضًا ما الذي يشير إلى العكس: وإن لم تجد شيئًا فقل عمَّ بحثت.
wb-word-reason = الأسباب
wb-word-explanation = أي تفسير يصمد
wb-word-towards = يشير إليه: في هذه السجلات
wb-word-other = يشير إليه: من مصدر غير هذا السؤال
wb-word-away = يشير إلى العكس
wb-word-proportion = لماذا يكون التحقيق متناسبًا
wb-word-text = بكلماته
wb-other = تفسير آخر يُذكر أدناه
wb-recuse = لديّ تضارب مصالح
wb-second = القارئ الثاني
wb-second-what = اقترح أحدهم تحقيقًا. اقرأ ما يشير إليه وما يشير إلى العكس، ثم قل إن كنت توافق.
wb-concur = أوافق
wb-not-concur = لا أوافق
wb-waits-second = اقترحتَ تحقيقًا. على شخص آخر أن يقرأه الآن.

## صفحة المرء نفسه، ومكتب النقابة.

wb-own = صفحتي
wb-own-what = ما تقوله الأسئلة النافذة عنك: الأرقام نفسها التي يراها غيرك، ولا أرقام لسواك.
wb-own-nothing = لا سؤال نافذ يقول عنك شيئًا.
wb-peers = النظراء
wb-peers-band = تسعة أعشار الوسط من آخرين عددهم { $n }: { $band }
wb-peers-few = أقل من { $n } آخرين: لا يُذكر
wb-contest = اعتراض
wb-contest-what = ما الخطأ أو الناقص؟ من يفتح هذه الإشارة يقرؤه أولًا.
wb-who-looked = من اطّلع
wb-desk = مكتب النقابة
wb-desk-what = لا شيء هنا عن شخص. ما تقوله يُدوَّن، وعلى الإدارة أن ترد على كل نقطة قبل أن يصبح سؤال نافذًا.
wb-to-review = للمراجعة
wb-nothing-to-review = لا سؤال في المشاورة. يبدؤها مسؤول النزاهة في صفحة السؤال ضمن الميثاق.
wb-not-begun = لم تبدأ: يلزم إثباتان للإخطار
wb-answer-by = الرد قبل { $day }
wb-no-day = لم يُحدَّد يوم
wb-late-answer = متأخر
wb-no-open-points = لكل نقطة ردها.
wb-agreements = ما اتُّفق عليه
wb-no-agreement = لا سؤال نافذ. ما ينقص السؤال ليصبح نافذًا مذكور في صفحته ضمن الميثاق.
wb-observed = تحت المراقبة
wb-objection = الاعتراض
wb-observed-what = إجراءات اللجنة المشتركة بشأن اعتراض: الخطوات وقيودها. ومن يراقب عن النقابة يودع ما رآه، فيبقى إلى جانب النتيجة دائمًا.
wb-nothing-observed = لا شيء تحت المراقبة: لم تعترض النقابة على أي سؤال.
wb-observer = المراقب
wb-observer-named = مسمّى
wb-observer-none = لم يُسمَّ أحد
wb-committee-not-yet = ليس بعد
wb-observations = الملاحظات
wb-expert-what = يمكنك الاستعانة بخبير: اطلب في صفحة الأشخاص دور خبير النقابة مع يوم أخير، ويقرّه شخص ثانٍ. ويرى الخبير ما يجوز للنقابة أن تراه من أسئلة وأعداد، ولا شيء غيره.
wb-lapsed = لا موقف: انتهت المدة
wb-acts = ما يمكنك فعله الآن
wb-shut = يبقى مغلقًا ما دام شيء ناقصًا. القائمة أعلاه تقول ما هو.
wb-do-draft = صياغة هذا السؤال
wb-do-consult = فتح المشاورة
wb-do-notice = تدوين إثبات إخطار
wb-do-ask = طرح سؤال
wb-do-position = اتخاذ موقف
wb-do-answer = الرد على نقطة
wb-do-audit = تدوين تدقيق في الإنصاف
wb-do-committee = تدوين نتيجة اللجنة المشتركة
wb-do-observer = تسمية مراقب اللجنة المشتركة
wb-do-observation = إيداع ملاحظة
wb-do-pilot = بدء التجربة
wb-do-go-live = جعله نافذًا
wb-do-pause = إيقاف مؤقت
wb-do-resume = استئناف
wb-do-review = طلب مراجعة
wb-do-retire = إنهاء العمل به
wb-field-months = الأشهر التي تُمحى بعدها إشاراته
wb-field-ceiling = أعلى معدل إشارات موعود به، مثل 0.02
wb-field-days = أيام المشاورة، 30 أو أكثر
wb-field-means = الوسيلة
wb-field-proof = أين يمكن رؤية الإثبات
wb-field-person = الاسم المستعار لمندوب للنقابة أو لخبيرها
wb-field-until = اليوم الأخير
wb-until-hint = لدور خبير النقابة وحده يوم أخير: في غضون { $n } يومًا. ويذكر الشخص الثاني اليوم نفسه.
wb-field-text = النص
wb-field-due = الرد قبل
wb-field-position = الموقف
wb-field-points = نقاط تحتاج ردًا، واحدة في كل سطر
wb-field-min-n = شرط: أقل عدد من الحالات للوحدة
wb-field-no-individual-display = شرط: لا يُعرض أحد، بل أعداد فقط
wb-field-review-by = شرط: مراجعة قبل هذا اليوم
wb-field-max-signal-rate = شرط: أعلى معدل إشارات، مثل 0.01
wb-field-point = النقطة
wb-field-on = يوم التدقيق
wb-field-result = النتيجة
wb-field-report = بصمة ملف التدقيق (SHA-256)
wb-field-outcome = ما انتهت إليه
wb-field-reason = السبب
wb-option-letter = رسالة
wb-option-mail = بريد إلكتروني
wb-option-hand = باليد
wb-option-meeting = اجتماع
wb-option-board = لوحة الإعلانات
wb-option-agree = موافقة
wb-option-conditions = موافقة بشروط
wb-option-object = اعتراض
wb-option-none = بلا موقف
wb-option-passed = ناجح
wb-option-failed = غير ناجح
wb-option-proceed = المضي
wb-option-amend = التعديل
wb-option-reject = الرفض
wb-own-pairs = من عملك مع المصرحين واحدًا واحدًا، المقارنات الواقعة ضمن التباين المتوقع: { $within }؛ والتي لا يمكن القول عنها شيء: { $cannot }.
wb-entries-for-auditor = تذكر القيود بالرمز المستعار من كان موضوع الاطلاع. يقرؤها المدقق الداخلي؛ والشاهد يحتاج نقاط التحقق وإثباتات النمو.

## التحميل والتقييم والمهام.

wb-records = تحميل السجلات
wb-records-what = فحص مستخرج ثم تخزينه
wb-records-loaded = السجلات محمّلة في { $name }. التحميل الجديد يحل محلها، ويبقى الميثاق والدفاتر والتقييمات السابقة.
wb-records-none = لا توجد سجلات في { $name } بعد.
wb-records-how = اختر مستخرجًا وجدول مطابقته، وانظر في محتواه، ثم حمّله. يُستبدل الأشخاص بأسماء مستعارة قبل تخزين أي صف.
wb-extracts = المستخرجات على الخادم
wb-extracts-what = المجلدات في { $folder }
wb-no-extract = لا يوجد مجلد فيه جداول في { $folder }.
wb-no-extract-folder = لم يُحدَّد مجلد للمستخرجات لهذا الموقع.
wb-files = الملفات
wb-size = الحجم
wb-mb = { $n } م.ب
wb-send = إرسال ملفات
wb-send-what = ‏CSV أو Parquet، مضغوطة بـ gzip أو zstd أو zip إن شئت؛ { $n } م.ب على الأكثر، كما أُرسلت وبعد فك الضغط. لا تُقبل جداول البيانات المكتبية: فهي تغيّر الرموز والتواريخ.
wb-send-names = تظهر أسماء الملفات وعناوين الأعمدة المقروءة في الصفحات وتُحفظ مع السجلات: لا تضع فيها اسم أي شخص.
wb-sent = الملفات المرسلة
wb-sent-what = فيها أسماء. تُحذف بعد تحميلها، أو بعد أسبوع.
wb-discard = حذف
wb-extract = المستخرج { $name }
wb-extract-holds =
    { $n ->
        [one] ملف جدول واحد، { $size } م.ب.
        [two] ملفا جدولين، { $size } م.ب.
       *[other] عدد ملفات الجداول: { $n }، { $size } م.ب.
    }
wb-inspect = فحصه
wb-inspect-what = الفحص لا يخزّن شيئًا: يبيّن ما يشمله المستخرج، وما كان سيُنحّى جانبًا، ولماذا.
wb-mapping = جدول المطابقة
wb-override = تعديل خاص بهذا البلد
wb-override-hint = ملف ‎.yaml في المستخرج يبيّن ما يُكتب هنا على نحو مختلف.
wb-no-override = لا شيء
wb-plan = التقييم
wb-plan-what = تثبيت خطة ثم طرح أسئلتها على السجلات
wb-plan-not-yet = لا يمكن طرح أي سؤال بعد.
wb-plan-how = تُثبَّت الخطة وتُسجَّل بصمتها قبل وجود أي نتيجة. والخطة التي تتغير بعد وجود نتائج توسم بأنها معدَّلة.
wb-plan-floors = حدود: { $question }
wb-plan-exposure = أقل عدد من الحالات؛ { $n } إن تُرك فارغًا، ولا يقل عنه أبدًا
wb-plan-effect = أصغر فرق، كجزء من واحد (0.2 تعني 20%)؛ { $n } إن تُرك فارغًا
wb-plan-effect-count = أصغر فرق، بعدد الحالات زيادةً أو نقصانًا عن المتوقع؛ { $n } إن تُرك فارغًا
wb-plan-lanes = هذه المسارات فقط؛ كلها إن لم يُختر شيء
wb-plan-start = اليوم الأول
wb-plan-end = أول يوم لا يُحسب
wb-plan-limits = درجة الصرامة
wb-plan-rate = معدل الإشارات الخاطئة لكل سؤال
wb-plan-level = مستوى فترات الثقة
wb-plan-seed = بذرة السحب العشوائي
wb-plan-result = النتيجة
wb-plan-name = اسم التقييم
wb-plan-name-hint = حروف لاتينية صغيرة من a إلى z وأرقام وشرطات.
wb-plan-reports = التقارير بهذه اللغات
wb-plan-hash = بصمة الخطة
wb-assess = تثبيت الخطة والتقييم
wb-jobs = المهام
wb-jobs-what = ما حُمّل وما قُيّم، وإلى أين وصل
wb-jobs-newest = الأحدث أولًا؛ تعمل مهمة واحدة في كل مرة
wb-no-job = لم يُطلب شيء بعد. حمّل السجلات أولًا، ثم قيّم.
wb-job-first = تحميل السجلات وتقييمها وتقييم إجراء وعدّ سجل الأحداث مهام كهذه: تُطلب كل منها في صفحتها.
wb-job = المهمة
wb-job-of = موضوعها
wb-worker-there = العامل الآلي يعمل.
wb-worker-away = العامل الآلي لا يعمل: تنتظر المهام حتى يُشغَّل.
wb-errand-inspect = فحص مستخرج
wb-errand-load = تحميل
wb-errand-assess = تقييم
wb-job-waiting = تنتظر
wb-job-running = تعمل
wb-job-done = تمت
wb-job-failed = تعذّر إنجازها
wb-job-stopped = أُوقفت
wb-job-interrupted = انقطعت
wb-job-ahead =
    { $n ->
        [one] قبلها مهمة واحدة
        [two] قبلها مهمتان
       *[other] عدد المهام قبلها: { $n }
    }
wb-job-stopping = طُلب إيقافها
wb-nothing-half = لم يُحفظ شيء ناقص؛ وما كان موجودًا قبلها باقٍ كما كان.
wb-progress = مدى التقدم
wb-of = { $done } من { $total }
wb-reloads = تتجدد هذه الصفحة وحدها كل { $n } ثوانٍ.
wb-stop-reloading = اتركها ثابتة
wb-still = هذه الصفحة ثابتة.
wb-reload = دعها تتجدد وحدها
wb-stop = إيقاف المهمة
wb-again = تشغيلها من جديد
wb-blocking = لن يخزّن التحميل شيئًا حتى يُصحَّح هذا
wb-blocked = لا يمكن تحميله على هذه الحال.
wb-load = تحميله
wb-looked-invented = تقول هذه السجلات عن نفسها إنها مختلقة. وما ينتج عنها يحمل هذه العلامة دائمًا.
wb-load-what = يخزّن ما عُرض، كله أو لا شيء.
wb-open-assessment = فتح التقييم
wb-about-job = عن هذه المهمة
wb-asked-at = وقت الطلب
wb-started-at = البدء
wb-ended-at = الانتهاء
wb-coverage = ما يشمله
wb-absent-columns = أعمدة بلا بيانات
wb-absent-tables = جداول غير موجودة:
wb-would-be-set-aside = ما كان سيُنحّى جانبًا
wb-rows-of-table =
    { $n ->
        [one] صف واحد من { $table }
        [two] صفان من { $table }
       *[other] عدد الصفوف من { $table }: { NUMBER($n) }
    }
wb-examples = صفوف، مع الملف ورقم السطر
wb-not-read = لم تُقرأ:
wb-waits = ما ينتظرك
wb-waits-nothing = لا شيء ينتظرك الآن.
wb-waits-by = في موعد أقصاه { $day }
wb-waits-late = ما تجاوز موعده: { $n }
wb-waits-alerts = تنبيهات تنتظر قرارًا: { $n }
wb-waits-overdue = تنبيهات لم يبتّ فيها أحد في الموعد: { $n }
wb-waits-position = أسئلة لم تقل النقابة فيها شيئًا: { $n }
wb-waits-answer = نقاط من النقابة تنتظر جوابك: { $n }
wb-waits-answered = نقاط من النقابة لم تجب عنها الإدارة: { $n }
wb-waits-committee = اعتراضات لم تبتّ فيها اللجنة المشتركة: { $n }
wb-waits-review = أسئلة حان موعد مراجعتها: { $n }
wb-waits-paused = أسئلة موقوفة: { $n }
wb-waits-cuts = جداول طلبتها النقابة ولم يُجَب عنها: { $n }
wb-waits-asked = قيود في السجل تُسأل عنها: { $n }
wb-fresh-records = حُمّلت السجلات في { $at }.
wb-fresh-assessment = أُجري أحدث تقييم في { $at }.
