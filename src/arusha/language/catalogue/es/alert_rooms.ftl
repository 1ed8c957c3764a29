## Las alertas: emitidas de nuevo, dichas a quién.

wb-waits-more = y más
wb-alert-raised-again-records = emitida de nuevo: hay registros nuevos que apuntan hacia ella
wb-alert-raised-again-explanation = emitida de nuevo: la explicación aceptada ya no está en los registros
wb-became-waits-again = Se había cerrado, y se hizo de nuevo una alerta porque los registros cambiaron; ahora no hay explicación aceptada
wb-closed-before-lost = Hallado entonces en los registros, buscado ahora y no hallado
wb-place = Dónde se sitúa { $signal } entre los demás (evaluación { $name })
wb-place-own = Dónde se sitúa usted entre los demás ({ $signal }, evaluación { $name })
wb-place-others = Los demás, los nueve de cada diez del medio
wb-place-this = esta señal
wb-place-you = usted
wb-place-alternative = Una fila: su estimación con el intervalo { $own }. Una banda gris: los nueve de cada diez del medio de otros { $n }, { $band }. No se muestra a nadie más.
axis-effect = Efecto
wb-earlier = Señalado también en períodos anteriores
wb-earlier-what = La misma pregunta ya había señalado la misma unidad. Cómo se cerró una alerta no se dice aquí: algunas se deciden otra vez por alguien que no lo sabe. Lo que entonces se explicó no hace persistente nada.
wb-earlier-period = del { $start } hasta antes del { $end }
wb-earlier-none = sin alerta
wb-twice = Unidades señaladas en dos períodos o más
wb-twice-n = unas { $n }
wb-twice-few = menos de { $n }: no se da
mail-subject = Algo le espera en Arusha
mail-sign-in = Inicie sesión para leerlo.
mail-never = Este mensaje no contiene ningún nombre ni contenido, ni los contendrá nunca. No lo responda.
chart-place-note = Lo inusual lo decide una prueba, no que un intervalo incluya lo esperado. La contracción acerca a la media las unidades con pocos datos: cerca de ella, pocos datos significan «no se puede concluir», no «está bien».
