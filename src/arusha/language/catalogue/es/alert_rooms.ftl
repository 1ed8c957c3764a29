## Las alertas: emitidas de nuevo, dichas a quién.

wb-waits-more = y más
wb-alert-raised-again-records = emitida de nuevo: hay registros nuevos que apuntan hacia ella
wb-alert-raised-again-explanation = emitida de nuevo: la explicación aceptada ya no está en los registros
wb-became-waits-again = Se había cerrado, y se hizo de nuevo una alerta porque los registros cambiaron; ahora no hay explicación aceptada
wb-closed-before-lost = Hallado entonces en los registros, buscado ahora y no hallado
