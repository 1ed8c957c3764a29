## المفردات الثابتة للتعبير عن عدم اليقين. لهذه الكلمات المعنى نفسه في كل مكان وتُترجم مرة واحدة.

verdict-cannot-tell = لا يمكن الجزم
verdict-within-expected-scatter = ضمن التباين المتوقع
verdict-unusual = غير معتاد
verdict-unusual-and-persistent = غير معتاد ومستمر
verdict-confirmed = مؤكَّد

verdict-cannot-tell-meaning = الحالات أقل من أن تسمح بأي قول، أو يوافق السجلاتِ سبب بريء بالقدر نفسه. ولا يعني ذلك أن كل شيء على ما يرام.
verdict-within-expected-scatter-meaning = الفرق ليس أكبر مما تُحدثه الصدفة وحدها.
verdict-unusual-meaning = الفرق أكبر مما تُحدثه الصدفة والتفاوت العادي. ولم يُنظر فيه بعد.
verdict-unusual-and-persistent-meaning = كان غير معتاد في فترتين متتاليتين. ولم يُنظر فيه بعد.
verdict-confirmed-meaning = قررته جهة مختصة بعد سماع الشخص المعني. ولا يمكن لأي إحصاء أن يقول ذلك.

## عبارات تظهر في كل وثيقة.

standing-line = الإشارة سبب للنظر، وليست نتيجة.
p-below = أقل من { $value }
standing-line-explained = الإشارة سبب للنظر، وليست نتيجة. من كل { $of } من هذه الإشارات أُغلق نحو { $count } لأن لها تفسيرًا.
unexplained-is-neutral = عبارة «بلا تفسير» محايدة: فالسجلات لا تقدم تفسيرًا، ولا يعني ذلك أنه غير موجود.
study-line = دراسة: لم يوافق أحد على هذه الأسئلة. لا تُستخدم بشأن أي شخص.
demo-line = عرض تجريبي: جمهورية إكزامبليا، بيانات مختلقة، البذرة { $seed }.
forbidden-uses = ليست دليلًا على مخالفة من أي شخص. ولا تدخل في الأجور ولا الترقيات ولا التأديب.
position-is-not-a-rank = الموضع لا يعني ترتيبًا بين الأشخاص أو المكاتب.
nothing-leaves = لا يخرج شيء من هذا الحاسوب.
not-assessed-needs = لم يُقيَّم: يلزم { $needs }.
not-checked-needs = لم يُتحقق منه: يلزم { $needs }.

## من قرأ الترجمة.

review-native-speaker-yes = قرأ هذا النص شخص لغته الأم العربية.
review-native-speaker-no = لم يقرأ هذا النص بعدُ أي شخص لغته الأم العربية. وإذا بدت جملة خاطئة فالمرجع هو النص الإنجليزي.

## ما قد يؤول إليه التفسير.

explanation-found = وُجد
explanation-not-found = لم يوجد
explanation-not-checked = لم يُتحقق منه

## مصطلحات المهنة.

term-declaration = { $count ->
    [zero] بيانات جمركية
    [one] بيان جمركي
    [two] بيانان جمركيان
    [few] بيانات جمركية
    [many] بيانًا جمركيًا
   *[other] بيان جمركي
}
term-declarant = المُصرِّح
term-officer = الموظف الفاحص
term-office = المكتب الجمركي
term-importer = المستورد
term-user = المستخدم
term-product = المنتج
term-pair = الموظف والمُصرِّح
term-lane = مسار الرقابة
lane-green = أخضر
lane-blue = أزرق
lane-yellow = أصفر
lane-red = أحمر
