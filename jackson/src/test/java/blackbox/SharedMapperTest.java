package blackbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dynamodbcdc.Item;
import io.github.dynamodbcdc.jackson.ItemMapper;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SharedMapperTest {
    private static final int THREADS = 16;
    private static final int ROUNDS = 40;

    private record Case(Item item, Shape shape, ByteBuffer written) {}

    @Test
    void aMapperReturnsRightResultsToSixteenThreads() throws Exception {
        List<Case> cases = new ArrayList<>();
        for (int seed = 0; seed < 200; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Shape shape = Shape.ofItem(random);
            Item item = Items.exact(shape.item(random, 8).json());
            ItemMapper alone = ItemMapper.create();
            cases.add(new Case(item, shape, ByteBuffer.wrap(alone.write(alone.<Object>read(item, shape.type())))));
        }
        // A new mapper, so that the threads compete for its first lookups.
        ItemMapper shared = ItemMapper.create();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Integer>> results = new ArrayList<>();
            for (int thread = 0; thread < THREADS; thread++) {
                int offset = thread * 13;
                Callable<Integer> work = () -> {
                    start.await();
                    int right = 0;
                    for (int i = 0; i < ROUNDS * cases.size(); i++) {
                        Case each = cases.get((i + offset) % cases.size());
                        Object read = shared.read(each.item(), each.shape().type());
                        right += each.written().equals(ByteBuffer.wrap(shared.write(read))) ? 1 : 0;
                    }
                    return right;
                };
                results.add(threads.submit(work));
            }
            for (Future<Integer> result : results) {
                assertThat(result.get()).isEqualTo(ROUNDS * cases.size());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
