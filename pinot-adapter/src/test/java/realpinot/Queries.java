package realpinot;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pinot.common.datatable.DataTable;
import org.apache.pinot.common.datatable.DataTableFactory;
import org.apache.pinot.common.metrics.BrokerMetrics;
import org.apache.pinot.common.request.BrokerRequest;
import org.apache.pinot.common.request.PinotQuery;
import org.apache.pinot.common.response.broker.BrokerResponseNative;
import org.apache.pinot.common.response.broker.ResultTable;
import org.apache.pinot.common.utils.config.QueryOptionsUtils;
import org.apache.pinot.core.plan.Plan;
import org.apache.pinot.core.plan.maker.InstancePlanMakerImplV2;
import org.apache.pinot.core.query.optimizer.QueryOptimizer;
import org.apache.pinot.core.query.reduce.BrokerReduceService;
import org.apache.pinot.core.query.request.context.QueryContext;
import org.apache.pinot.core.query.request.context.utils.QueryContextConverterUtils;
import org.apache.pinot.core.transport.ServerRoutingInstance;
import org.apache.pinot.segment.local.upsert.TableUpsertMetadataManager;
import org.apache.pinot.segment.spi.IndexSegment;
import org.apache.pinot.segment.spi.SegmentContext;
import org.apache.pinot.spi.config.table.TableType;
import org.apache.pinot.spi.data.Schema;
import org.apache.pinot.spi.env.PinotConfiguration;
import org.apache.pinot.spi.query.QueryThreadContext;
import org.apache.pinot.sql.parsers.CalciteSqlCompiler;
import org.apache.pinot.sql.parsers.CalciteSqlParser;
import org.jspecify.annotations.Nullable;

/** Runs SQL over the segments of a table: the broker's parser, the server's plan, the broker's reduction. */
final class Queries {
    private static final long TIMEOUT_MILLIS = 60_000;
    private static final InstancePlanMakerImplV2 PLANS = new InstancePlanMakerImplV2();
    private static final BrokerReduceService REDUCER = new BrokerReduceService(new PinotConfiguration(Map.of()));

    /** Daemons, which do not keep a program alive. */
    private static final ExecutorService THREADS =
            QueryThreadContext.contextAwareExecutorService(Executors.newFixedThreadPool(2, task -> {
                Thread thread = new Thread(task, "pinot-query");
                thread.setDaemon(true);
                return thread;
            }));

    private final Schema schema;
    private final List<? extends IndexSegment> segments;
    private final @Nullable TableUpsertMetadataManager upsert;

    Queries(Schema schema, List<? extends IndexSegment> segments, @Nullable TableUpsertMetadataManager upsert) {
        this.schema = schema;
        this.segments = segments;
        this.upsert = upsert;
    }

    @SuppressWarnings("try") // only Pinot uses the thread's context
    ResultTable answer(String sql) {
        PinotQuery query = CalciteSqlParser.compileToPinotQuery(sql);
        new QueryOptimizer().optimize(query, schema);
        BrokerRequest request = CalciteSqlCompiler.convertToBrokerRequest(query);
        BrokerResponseNative response;
        try (QueryThreadContext ignored = QueryThreadContext.openForSseTest()) {
            // Mutable, because the reducer removes empty answers.
            Map<ServerRoutingInstance, DataTable> answers = new HashMap<>();
            answers.put(new ServerRoutingInstance("localhost", 1, TableType.REALTIME), serverAnswer(query));
            response = REDUCER.reduceOnDataTable(request, request, answers, TIMEOUT_MILLIS, BrokerMetrics.get());
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
        if (!response.getExceptions().isEmpty()) {
            throw new IllegalArgumentException(response.getExceptions().get(0).getMessage());
        }
        return Objects.requireNonNull(response.getResultTable(), "neither rows nor an exception");
    }

    private DataTable serverAnswer(PinotQuery query) throws Exception {
        QueryContext context = QueryContextConverterUtils.getQueryContext(query);
        requireColumns(context.getColumns());
        context.setEndTimeMs(System.currentTimeMillis() + TIMEOUT_MILLIS);
        List<SegmentContext> contexts =
                segments.stream().map(SegmentContext::new).toList();
        if (upsert != null && !QueryOptionsUtils.isSkipUpsert(context.getQueryOptions())) {
            upsert.setSegmentContexts(contexts, context.getQueryOptions());
        }
        Plan plan = PLANS.makeInstancePlan(contexts, context, THREADS);
        // Through bytes, as over the network between server and broker.
        return DataTableFactory.getDataTable(plan.execute().toDataTable().toBytes());
    }

    /** Refuses names that the table does not have, as a broker does; the server's plan would fail without a message. */
    private void requireColumns(Set<String> columns) {
        for (String column : columns) {
            if (!column.equals("*") && !column.startsWith("$") && !schema.hasColumn(column)) {
                throw new IllegalArgumentException(
                        "Unknown columnName '" + column + "' found in the query; the table has "
                                + String.join(", ", new TreeSet<>(schema.getColumnNames())));
            }
        }
    }
}
