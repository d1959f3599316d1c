package kotlinpage

import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule
import com.fasterxml.jackson.module.kotlin.jacksonObjectMapper
import io.github.dynamodbcdc.ChangeEvent
import io.github.dynamodbcdc.ChangeEventDecoder
import io.github.dynamodbcdc.DecodeException
import io.github.dynamodbcdc.EventName
import io.github.dynamodbcdc.Item
import io.github.dynamodbcdc.jackson.ItemMapper
import io.github.dynamodbcdc.jackson.ItemMappingException
import java.io.ByteArrayOutputStream
import java.io.PrintStream
import java.math.BigDecimal
import java.nio.file.Files
import java.nio.file.Path
import java.time.Instant
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.io.TempDir

/** Runs the code of core/docs/kotlin.md, and compares the page's statements with the compiler and with Jackson. */
class KotlinPageChecks {
    private val core: Path = generateSequence(Path.of("").toAbsolutePath()) { it.parent }
        .first { Files.exists(it.resolve("mvnw")) }
        .resolve("core")
    private val page = Files.readString(core.resolve("docs/kotlin.md"))
    private val lines = Files.readAllLines(core.resolve("src/test/resources/example/events.jsonl"))
    private val records = lines.map { it.toByteArray() }
    private val decoder = ChangeEventDecoder.create()
    private val snippets = Snippets()
    private val station = mapOf("station_id" to "x", "bikes" to 1, "open" to true, "tariff" to null)

    private fun image(): Item = decoder.decode(records[1]).newImage()!!

    @Test
    fun `each event goes where its name says`() {
        snippets.apply(records.take(3) + lines[2].replace("REMOVE", "ARCHIVE").toByteArray())
        assertEquals(
            listOf(
                listOf("upsert", mapOf("station_id" to "FRA-0117"), BigDecimal(9)),
                listOf("upsert", mapOf("station_id" to "FRA-0117"), BigDecimal(4)),
                listOf("delete", mapOf("station_id" to "FRA-0042")),
                listOf("skip", "ARCHIVE"),
            ),
            snippets.done,
        )
    }

    @Test
    fun `values are exact, and absent ones are null`() {
        snippets.values(decoder.decode(records[1]))
        snippets.values(decoder.decode(records[2]))
        assertEquals(
            listOf(
                listOf("FRA-0117", 4, BigDecimal("0.18"), 1741938077082000, 24, null),
                listOf("FRA-0042", null, null, 1741939203540000, null, null),
            ),
            snippets.done,
        )
    }

    @Test
    fun `attributes are iterated in the order of the record`() {
        snippets.iterate(image())
        assertEquals(image().map { it.key }, snippets.done.dropLast(2).map { it[0] })
        assertEquals(
            listOf(listOf(2), listOf(listOf("lat", "lon", "docks", "bikes"), BigDecimal("50.110447"), 4)),
            snippets.done.takeLast(2),
        )
    }

    @Test
    fun `a map has the types of the page`() {
        val map = image().toMap()
        val types = mapOf<String, (Any?) -> Boolean>(
            "S is `String`" to { map["name"] is String },
            "N is `BigDecimal`" to { map["lat"] is BigDecimal },
            "B is `ByteArray`" to { map["seal"] is ByteArray },
            "BOOL is `Boolean`" to { map["open"] is Boolean },
            "NULL is `null`" to { "operator" in map && map["operator"] == null },
            "SS, NS and BS are `Set<*>`" to { map["pay_with"] is Set<*> && map["free_docks"] is Set<*> },
            "L is `List<*>`" to { map["slots"] is List<*> },
            "M is `Map<*, *>`" to { map["tariff"] is Map<*, *> },
        )
        for ((statement, holds) in types) {
            assertEquals(true, page.replace('\n', ' ').contains(statement) && holds(map), statement)
        }
    }

    @Test
    fun `a stream is read past a bad record, and a session reads many events`() {
        val bad = lines[0].replace("\"50.110447\"", "\"north\"")
        snippets.read(decoder, (bad + "\n" + lines[2]).byteInputStream(), records)
        assertEquals(DecodeException.Reason.BAD_NUMBER, snippets.done[0][1])
        assertEquals(listOf(listOf(EventName.REMOVE), listOf(18)), snippets.done.drop(1))
    }

    @Test
    fun `a built event decodes`() {
        snippets.build()
        val (key, bytes) = snippets.done.single()
        assertEquals("bike-stations/station_id=S:FRA-0117", key)
        assertEquals(9, decoder.decode(bytes as ByteArray).newImage()?.get("bikes")?.asInt())
    }

    @Test
    fun `an image is bound to the data class`() {
        val tariff = Station.Tariff(BigDecimal(1), BigDecimal("0.18"))
        assertEquals(Station("FRA-0117", 4, true, tariff, setOf("app", "card")), station(image()))
    }

    data class Reservation(val at: Instant)

    @Test
    fun `an N is seconds for an Instant`() {
        assertEquals(Instant.ofEpochSecond(5), items.read(item("at" to 5), Reservation::class.java).at)
    }

    @Test
    fun `an Instant is written in seconds`() {
        val at = Reservation(Instant.ofEpochSecond(1741938000))
        for (mapper in listOf(items, ItemMapper.of(jacksonObjectMapper().registerModule(JavaTimeModule())))) {
            assertEquals("{\"at\":{\"N\":\"1741938000\"}}", String(mapper.write(at)))
        }
        assertEquals("BAD_DEFINITION", outcome(ItemMapper.of(jacksonObjectMapper()), of()) { m, _ -> m.write(at) })
    }

    enum class Kind { CITY, CARGO }

    data class Bike(val kind: Kind = Kind.CITY, val docks: Int = 24)

    /** The rows of the page's table: an item, and what a property of the object shows. */
    private val rows: Map<String, Pair<Item, (ItemMapper, Item) -> Any?>> = mapOf(
        "absent or NULL, for a `String`" to (of("station_id" to null) to { m, i -> m.read(i, Station::class.java).id }),
        "absent or NULL, for an `Int`" to (of("bikes" to null) to { m, i -> m.read(i, Station::class.java).bikes }),
        "absent, for `val docks: Int = 24`" to
            (item("kind" to "CITY") to { m, i -> m.read(i, Bike::class.java).docks }),
        "NULL, for a `Set<String>`, default or not" to
            (of("pay_with" to null) to { m, i -> m.read(i, Station::class.java).payWith }),
        "NULL inside a `Set<String>`" to
            (of("pay_with" to listOf(null)) to { m, i -> m.read(i, Station::class.java).payWith }),
        "S \"5\" for an `Int`" to (of("bikes" to "5") to { m, i -> m.read(i, Station::class.java).bikes }),
        "1.5 or 3000000000 for an `Int`" to
            (of("bikes" to BigDecimal("1.5")) to { m, i -> m.read(i, Station::class.java).bikes }),
        "N 1 for a `Boolean`" to (of("open" to 1) to { m, i -> m.read(i, Station::class.java).open }),
        "N 5 for a `String`" to (of("station_id" to 5) to { m, i -> m.read(i, Station::class.java).id }),
        "N 1 for an enum" to
            (item("kind" to 1) to { m, i -> "its constant ${m.read(i, Bike::class.java).kind.ordinal}" }),
    )

    @Test
    fun `the mappers do what the table says`() {
        val table = page.lines().filter { it.startsWith("| ") && it.count { c -> c == '|' } == 4 }
            .map { row -> row.trim('|', ' ').split(" | ").map { it.trim() } }
            .drop(1)
        assertEquals(rows.keys.toList(), table.map { it[0] })
        for (row in table) {
            val (item, read) = rows.getValue(row[0])
            val outcomes = listOf(ItemMapper.of(jacksonObjectMapper()), items).map { outcome(it, item, read) }
            assertEquals(row.drop(1), outcomes, row[0])
        }
        for (bikes in listOf(absent("bikes"), of("bikes" to null), of("bikes" to 3000000000))) {
            assertEquals("MISMATCH", outcome(items, bikes) { m, i -> m.read(i, Station::class.java) })
        }
        for (item in listOf(absent("station_id"), absent("open"), of("open" to null))) {
            assertEquals("MISMATCH", outcome(items, item) { m, i -> m.read(i, Station::class.java) })
        }
        val plain = ItemMapper.of(jacksonObjectMapper())
        assertEquals(0, plain.read(absent("bikes"), Station::class.java).bikes)
        assertEquals(false, plain.read(absent("open"), Station::class.java).open)
        assertEquals("MISMATCH", outcome(plain, of("bikes" to 3000000000)) { m, i -> m.read(i, Station::class.java) })
        assertEquals(null, items.read(absent("tariff"), Station::class.java).tariff)
    }

    @Test
    fun `the mapper of create cannot construct a data class`() {
        val failure = assertThrows(ItemMappingException::class.java) {
            ItemMapper.create().read(of(), Station::class.java)
        }
        assertEquals(ItemMappingException.Reason.BAD_DEFINITION, failure.reason())
    }

    private fun outcome(mapper: ItemMapper, item: Item, read: (ItemMapper, Item) -> Any?): String = try {
        "${read(mapper, item)}"
    } catch (e: ItemMappingException) {
        "${e.reason()}"
    }

    private fun of(vararg changes: Pair<String, Any?>): Item = item(*(station + changes).toList().toTypedArray())

    private fun absent(name: String): Item = item(*(station - name).toList().toTypedArray())

    private fun item(vararg attributes: Pair<String, Any?>): Item =
        ChangeEvent.builder(EventName.INSERT).keys(mapOf("id" to 1)).newImage(mapOf(*attributes)).build().newImage()!!

    @TempDir
    lateinit var folder: Path

    @Test
    fun `the compiler refuses null where the library excludes it, and unchecked use where it allows it`() {
        val source = folder.resolve("Nulls.kt")
        Files.writeString(
            source,
            """
            import io.github.dynamodbcdc.*
            fun a(event: ChangeEvent) = event.newImage().size()
            fun b(event: ChangeEvent): Item = event.newImage()
            fun c(item: Item) = item.get("bikes").asInt()
            fun d(item: Item) = item.require(null)
            fun e(item: Item): Map<String, Any> = item.toMap()
            fun f(event: ChangeEvent) = event.newImage()?.get("bikes")?.asInt()
            fun g(event: ChangeEvent): String = event.keys().require("id").asString()
            """.trimIndent(),
        )
        val strict = compile(source)
        assertEquals(listOf(2, 3, 4, 5, 6).map { "$it: error" }, strict)
        assertEquals(strict.map { it.replace("error", "warning") }, compile(source, "-Xjspecify-annotations=warn"))
        assertEquals(emptyList<String>(), compile(source, "-Xjspecify-annotations=ignore"))
    }

    /** Returns the line and the severity of each message of the compiler about the source. */
    private fun compile(source: Path, vararg options: String): List<String> {
        val messages = ByteArrayOutputStream()
        K2JVMCompiler().exec(
            PrintStream(messages),
            "-no-stdlib", "-no-reflect", "-classpath", System.getProperty("java.class.path"),
            "-d", folder.resolve("classes").toString(), *options, source.toString(),
        )
        return Regex("Nulls\\.kt:(\\d+):\\d+: (error|warning)").findAll(messages.toString())
            .map { "${it.groupValues[1]}: ${it.groupValues[2]}" }
            .toList()
    }
}
