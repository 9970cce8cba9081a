package io.nomnom.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nomnom.CommandRun;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code nomnom plan} and {@code apply} against tables that were changed by hand. */
class PlanApplyIT {
    private static Stack stack;

    @BeforeAll
    static void start() throws Exception {
        stack = new Stack();
    }

    @AfterAll
    static void stop() throws Exception {
        stack.close();
    }

    @BeforeEach
    void freshTables() throws Exception {
        stack.execute(
                "DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO"
                        + " public");
    }

    private static CommandRun run(String... arguments) {
        return CommandRun.of(stack.postgres.url(), List.of(arguments));
    }

    @Test
    void onAnEmptyDatabaseAllTablesAreMadeAndThenNothingIsOpen() {
        CommandRun before = run("plan");
        assertThat(before.out())
                .contains("orders: create table", "order_line_items: create table")
                .contains(
                        "message_status, catalog_version: make or extend the tables of the engine")
                .contains("3 safe");
        assertThat(run("plan", "--check").code()).isEqualTo(1);

        assertThat(run("apply").code()).isZero();

        assertThat(run("plan").out()).isEqualTo("the tables fit the entity files\n");
        assertThat(run("plan", "--check").code()).isZero();
        assertThat(run("apply").out()).isEqualTo("nothing was to be done\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE orders DROP COLUMN comment | add column comment text | safe",
                "ALTER TABLE orders ALTER order_key TYPE varchar(10) | the catalog says character varying(64) | safe",
                "ALTER TABLE orders ALTER total_price TYPE numeric(10,2) | the catalog says numeric(15,2) | safe",
                "ALTER TABLE orders DROP CONSTRAINT uq_orders_order_key | rows are unique by order_key | safe",
                "DROP INDEX idx_orders_xid | create index idx_orders_xid | safe",
                "DROP INDEX idx_orders_xid; CREATE INDEX idx_orders_xid ON orders (clerk) | rebuild index idx_orders_xid | safe",
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'idx_orders_xid'::regclass | rebuild index idx_orders_xid | safe",
                "ALTER TABLE orders ALTER clerk SET NOT NULL | column clerk may be null | safe",
                "DROP TABLE order_line_items | order_line_items: create table | safe",
                "ALTER TABLE orders DROP COLUMN _xid | add column _xid xid8 | safe",
                "ALTER TABLE orders ALTER clerk TYPE text | column clerk is text | --allow locking",
                "ALTER TABLE orders ALTER ship_priority TYPE smallint | column ship_priority is smallint | --allow locking",
                "ALTER TABLE orders ALTER customer_key DROP NOT NULL | column customer_key must have a value | --allow locking",
                "ALTER TABLE orders ALTER id DROP IDENTITY | the key id generates itself | --allow locking",
                "ALTER TABLE orders DROP COLUMN id | add the generated key id | --allow locking",
                "ALTER TABLE orders ALTER total_price TYPE numeric(15,4) | column total_price is numeric(15,4) | --allow lossy",
                "ALTER TABLE orders ALTER order_date TYPE text | column order_date is text | --allow lossy",
                "ALTER TABLE orders ADD must integer NOT NULL DEFAULT 1; ALTER TABLE orders ALTER must DROP DEFAULT | column must is required | --allow lossy",
                "ALTER TABLE orders ADD CONSTRAINT uq_orders_old UNIQUE (customer_key) | rows are no longer unique by customer_key | --allow lossy",
                "ALTER TABLE orders ADD note text | column note text is not in the catalog | stays as it is"
            })
    void whatWasChangedByHandIsShownAndMended(String sql, String step, String risk)
            throws Exception {
        run("apply");
        stack.execute(
                "INSERT INTO orders (order_key, customer_key, order_status, total_price,"
                        + " order_date, clerk) VALUES ('O-1', 'C', 'P', 1.25, '2024-01-31', 'x')");
        stack.execute(sql);

        CommandRun plan = run("plan");
        assertThat(plan.code()).isZero();
        assertThat(plan.out()).contains(step).contains(risk);
        CommandRun apply = run("apply", "--allow", "locking,lossy");
        assertThat(apply.code()).as(apply.out()).isZero();

        assertThat(run("plan", "--check").code()).as(run("plan").out()).isZero();
        assertThat(stack.number("SELECT count(*) FROM orders WHERE order_key = 'O-1'"))
                .isEqualTo(1);
    }

    @Test
    void withoutLeaveOnlySafeStepsAreRun() throws Exception {
        run("apply");
        stack.execute("ALTER TABLE orders ALTER order_date TYPE text");
        stack.execute("ALTER TABLE orders DROP COLUMN comment");

        CommandRun apply = run("apply");

        assertThat(apply.code()).isEqualTo(1);
        assertThat(apply.out())
                .contains("1 step done")
                .contains("left:")
                .contains("column order_date is text, the catalog says date");
    }

    @Test
    void rowsThatStandInTheWayAreCountedAndNothingIsChanged() throws Exception {
        run("apply");
        stack.execute("ALTER TABLE orders DROP CONSTRAINT uq_orders_order_key");
        stack.execute(
                "INSERT INTO orders (order_key, customer_key, order_status, total_price,"
                        + " order_date) SELECT 'O-1', 'C', 'P', 1, '2024-01-31' FROM"
                        + " generate_series(1, 3)");

        CommandRun plan = run("plan");
        assertThat(plan.out()).contains("not now: values that occur more than once: 1; see SELECT");
        assertThat(run("apply").code()).isEqualTo(1);

        stack.execute("DELETE FROM orders WHERE id > 1");
        assertThat(run("apply").code()).isZero();
        assertThat(run("plan").out()).isEqualTo("the tables fit the entity files\n");
    }

    private static final String KEYS =
            """
            apiVersion: nomnom.io/v1
            kind: Entity
            metadata: {name: House}
            spec:
              type: root
              fields:
                - {name: code, type: string, constraints: {primaryKey: true}}
                - {name: number, type: integer, constraints: {nullable: true, unique: true}}
              persistence: {table: houses}
            ---
            apiVersion: nomnom.io/v1
            kind: Entity
            metadata: {name: Room}
            spec:
              type: root
              fields:
                - {name: code, type: string}
                - {name: door, type: integer}
              persistence:
                table: rooms
                unicity: {fields: [code, door]}
                foreignKeys: [{fields: [code], references: houses.code, enforce: true}]
            """;

    @Test
    void keysThatTablesHoldAreStepsToo(@TempDir Path entities) throws Exception {
        Files.writeString(entities.resolve("keys.yaml"), KEYS);
        String[] plan = {"plan", "--entities", entities.toString()};
        String[] apply = {"apply", "--entities", entities.toString()};
        assertThat(run(plan).out())
                .contains("houses: create table", "rooms: code must be in houses (code)");
        assertThat(run(apply).code()).isZero();
        assertThat(run(plan).out()).isEqualTo("the tables fit the entity files\n");

        stack.execute(
                "ALTER TABLE rooms DROP CONSTRAINT fk_rooms_code;"
                        + "ALTER TABLE houses DROP CONSTRAINT houses_number_key;"
                        + "INSERT INTO rooms (code, door) VALUES ('nowhere', 1);"
                        + "INSERT INTO houses (code, number) VALUES ('a', 1), ('b', 1)");
        CommandRun stuck = run(apply);
        assertThat(stuck.code()).isEqualTo(1);
        assertThat(stuck.out())
                .contains("rows are unique by number", "values that occur more than once: 1")
                .contains("rooms: code must be in houses", "violates foreign key constraint");

        stack.execute("DELETE FROM rooms; UPDATE houses SET number = NULL");
        assertThat(run(apply).code()).isZero();
        assertThat(run(plan).out()).isEqualTo("the tables fit the entity files\n");

        String without = KEYS.replace(", enforce: true", "");
        Files.writeString(entities.resolve("keys.yaml"), without);
        assertThat(run(plan).out()).contains("code need not be in houses", "--allow lossy");
    }

    @Test
    void aColumnThatIsNoLongerUniqueIsAStep(@TempDir Path entities) throws Exception {
        Files.writeString(entities.resolve("keys.yaml"), KEYS);
        run("apply", "--entities", entities.toString());
        Files.writeString(entities.resolve("keys.yaml"), KEYS.replace(", unique: true", ""));

        CommandRun plan = run("plan", "--entities", entities.toString());

        assertThat(plan.out())
                .contains("houses: rows are no longer unique by number", "houses_number_key");
    }

    @Test
    void theTableOfSomeoneElseIsOnlyLookedAt(@TempDir Path entities) throws Exception {
        String theirs = KEYS.replace("{table: houses}", "{table: houses, managed: false}");
        Files.writeString(entities.resolve("keys.yaml"), theirs);
        String[] plan = {"plan", "--entities", entities.toString()};
        assertThat(run(plan).out()).contains("the table is not there; it is not managed");

        stack.execute("CREATE TABLE houses (code integer)");
        assertThat(run(plan).out())
                .contains("column code is integer, the catalog says text")
                .contains("column number integer is not there")
                .contains("no unique constraint on code");
    }

    @Test
    void aViewInThePlaceOfATableIsTold() throws Exception {
        stack.execute("CREATE VIEW orders AS SELECT 1 AS id");

        assertThat(run("plan").out()).contains("a view or something else has this name");
        assertThat(run("apply").code()).isEqualTo(1);
    }

    @Test
    void manyAtOnceGiveOneResult() {
        List<CompletableFuture<CommandRun>> runs =
                List.of(1, 2, 3, 4).stream()
                        .map(each -> CompletableFuture.supplyAsync(() -> run("apply")))
                        .toList();

        assertThat(runs).allSatisfy(run -> assertThat(run.join().code()).isZero());
        assertThat(run("plan").out()).isEqualTo("the tables fit the entity files\n");
    }

    @Test
    @Timeout(30)
    void whoReadsTheLedgerForLongStopsNobody() throws Exception {
        run("apply");
        try (Connection reader = stack.postgres.connect();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM message_status");
            stack.execute("ALTER TABLE orders DROP COLUMN comment");

            assertThat(run("apply").code()).isZero();

            stack.execute("UPDATE message_status SET retry_count = 0");
            reader.rollback();
        }
        assertThat(run("plan").out()).isEqualTo("the tables fit the entity files\n");
    }

    @Test
    void aLedgerOfAnEarlierShapeIsAStepToo() throws Exception {
        run("apply");
        stack.execute("ALTER TABLE message_status DROP COLUMN attempts");
        stack.execute("ALTER TABLE message_status ALTER received_at TYPE timestamp");

        assertThat(run("plan").out()).contains("extend the tables of the engine");
        assertThat(run("apply").code()).isZero();
        assertThat(run("plan").out()).isEqualTo("the tables fit the entity files\n");
    }

    @Test
    void aRunThatWasCutOffIsTakenUp() throws Exception {
        run("apply");
        stack.execute("DROP TABLE order_line_items");
        stack.execute("ALTER TABLE orders DROP CONSTRAINT uq_orders_order_key");
        stack.execute("CREATE UNIQUE INDEX uq_orders_order_key ON orders (order_key)");
        stack.execute(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid ="
                        + " 'uq_orders_order_key'::regclass");

        assertThat(run("apply").code()).isZero();
        assertThat(run("plan").out()).isEqualTo("the tables fit the entity files\n");
    }

    @Test
    void aWorkerRefusesWithTheSameText() throws Exception {
        run("apply");
        stack.execute("ALTER TABLE orders ALTER order_date TYPE text");
        String step =
                "orders: column order_date is text, the catalog says date\n"
                        + "  needs --allow lossy";
        assertThat(run("plan").out()).contains(step);

        Client client = new Client(stack.engine("worker"));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> client.get("/health").body().contains("order_date is text"));
        assertThat(
                        client.get("/health")
                                .json()
                                .path("checks")
                                .path("worker")
                                .path("detail")
                                .asText())
                .startsWith(step);
        assertThat(client.get("/ready").status()).isEqualTo(503);

        assertThat(run("apply", "--allow", "lossy").code()).isZero();
        await().atMost(Duration.ofSeconds(60)).until(() -> client.get("/ready").status() == 200);
    }

    @Test
    void aServerOutOfReachGivesThree() {
        CommandRun run = CommandRun.of("postgresql://a:b@localhost:1/x", List.of("plan"));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).startsWith("nomnom: PostgreSQL (DATABASE_URL): ");
    }

    @Test
    void wrongEntityFilesGiveOneAndAreReported() {
        CommandRun run = run("plan", "--entities", "src/test/golden/wrong/ent301-strng");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("error[ENT301]");
    }
}
