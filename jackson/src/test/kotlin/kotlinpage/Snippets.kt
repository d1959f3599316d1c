package kotlinpage

import com.fasterxml.jackson.annotation.JsonIgnoreProperties
import com.fasterxml.jackson.annotation.JsonProperty
import com.fasterxml.jackson.databind.DeserializationFeature
import com.fasterxml.jackson.databind.MapperFeature
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule
import com.fasterxml.jackson.module.kotlin.KotlinFeature
import com.fasterxml.jackson.module.kotlin.jacksonMapperBuilder
import io.github.dynamodbcdc.AttributeType
import io.github.dynamodbcdc.ChangeEvent
import io.github.dynamodbcdc.ChangeEventDecoder
import io.github.dynamodbcdc.DecodeException
import io.github.dynamodbcdc.EventName
import io.github.dynamodbcdc.Item
import io.github.dynamodbcdc.PlainValues
import io.github.dynamodbcdc.TimePrecision
import io.github.dynamodbcdc.jackson.ItemMapper
import java.io.InputStream
import java.math.BigDecimal
import java.time.Instant

// kotlin.md: a data class
@JsonIgnoreProperties(ignoreUnknown = true)
data class Station(
    @param:JsonProperty("station_id") val id: String,
    val bikes: Int,
    val open: Boolean,
    val tariff: Tariff?, // M; null if absent or NULL
    @param:JsonProperty("pay_with") val payWith: Set<String> = emptySet(), // SS; the default if absent
) {
    @JsonIgnoreProperties(ignoreUnknown = true)
    data class Tariff(val unlock: BigDecimal, @param:JsonProperty("per_minute") val perMinute: BigDecimal)
}

val items: ItemMapper = ItemMapper.of(
    jacksonMapperBuilder { enable(KotlinFeature.NewStrictNullChecks) } // no null in a Set<String>
        .addModule(JavaTimeModule()) // Instant: an N is seconds
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS) // no S for an Int, no N for a Boolean
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).build(), // no 0 for an absent Int
)

fun station(image: Item): Station = items.read(image, Station::class.java) // or an ItemMappingException
// kotlin.md: end

/** The other pieces of the page, each with its effects for the test. */
class Snippets {
    val done = mutableListOf<List<Any?>>()

    fun apply(records: List<ByteArray>) {
        for (bytes in records) {
            // kotlin.md: an event
            val decoder = ChangeEventDecoder.create() // immutable and thread-safe: create one and share it
            val event = decoder.decode(bytes)
            when (event.eventName()) {
                EventName.INSERT, EventName.MODIFY -> {
                    val image = event.newImage() // Item?: null if the stream's view type omits it
                    if (image != null) upsert(event.keys().toMap(), image.toMap())
                }
                EventName.REMOVE -> delete(event.keys().toMap())
                else -> skip(event.eventNameText()) // UNKNOWN, and constants that a minor release may add
            }
            // kotlin.md: end
        }
    }

    fun values(event: ChangeEvent) {
        // kotlin.md: values
        val station: String = event.keys().require("station_id").asString() // throws if absent or not an S
        val image: Item? = event.newImage()
        val bikes: Int? = image?.get("bikes")?.asInt() // null without an image or attribute; throws for NULL and 1.5
        val perMinute: BigDecimal? = image?.get("tariff")?.asItem()?.get("per_minute")?.asBigDecimal()
        val micros: Long? = event.approximateCreationDateTime()?.epochMicros() // one scale, whatever unit was sent
        fun Item.intOrNull(name: String): Int? = get(name)?.takeUnless { it.type() == AttributeType.NULL }?.asInt()
        val docks: Int? = image?.intOrNull("docks") // an extension function of yours: null for NULL too
        // kotlin.md: end
        show(station, bikes, perMinute, micros, docks, image?.intOrNull("operator"))
    }

    fun iterate(image: Item) {
        // kotlin.md: iteration
        for ((name, value) in image) show(name, value.type()) // in the order of the record
        if ("promo" in image) show(image["promo"]?.asItem()?.size()) // image["promo"] is image.get("promo")
        val numbers = image.filter { (_, value) -> value.type() == AttributeType.N }.map { (name, _) -> name }
        val map: Map<String, Any?> = image.toMap() // unmodifiable, and does not refer to the record
        val narrow = image.toMap(PlainValues.defaults().withNumbers(PlainValues.Numbers.NARROWEST)) // Int, Long, ...
        // kotlin.md: end
        show(numbers, map["lat"], narrow["bikes"])
    }

    fun read(decoder: ChangeEventDecoder, input: InputStream, records: List<ByteArray>) {
        // kotlin.md: many events
        decoder.read(input).use { reader -> // an InputStream, which is closed too, or a ByteArray
            for (record in reader.records()) {
                val failure = record.failure() // DecodeException?
                if (failure == null) accept(record.result().orElseThrow()) else park(record.offset(), failure.reason())
            }
        }
        val session = decoder.newSession() // for one thread; it is not closed
        val bikes = records.sumOf { session.decode(it).newImage()?.get("bikes")?.asInt() ?: 0 }
        // kotlin.md: end
        show(bikes)
    }

    fun build() {
        // kotlin.md: a builder
        val event = ChangeEvent.builder(EventName.INSERT)
            .tableName("bike-stations").keys(mapOf("station_id" to "FRA-0117"))
            .newImage(mapOf("station_id" to "FRA-0117", "bikes" to 9, "tags" to setOf("indoor"))) // S, N, SS
            .approximateCreationDateTime(Instant.now(), TimePrecision.MICROSECOND).build()
        val key: String? = event.itemKey() // null if Keys are empty
        publish(key, event.toBytes()) // the record as DynamoDB writes it
        // kotlin.md: end
    }

    private fun show(vararg values: Any?) {
        done.add(values.toList())
    }

    private fun upsert(keys: Map<String, Any?>, item: Map<String, Any?>) = show("upsert", keys, item["bikes"])

    private fun delete(keys: Map<String, Any?>) = show("delete", keys)

    private fun skip(name: String?) = show("skip", name)

    private fun accept(event: ChangeEvent) = show(event.eventName())

    private fun park(offset: Long, reason: DecodeException.Reason) = show(offset, reason)

    private fun publish(key: String?, bytes: ByteArray) = show(key, bytes)
}
