package io.nomnom.pg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The classes of SPEC 5, by PostgreSQL's Appendix A. */
class FaultKindTest {

    @ParameterizedTest
    @CsvSource({
        "22003, REJECTION", // numeric value out of range
        "22P02, REJECTION", // invalid text representation
        "23502, REJECTION", // not null violation
        "23505, REJECTION", // unique violation
        "23503, TRANSIENT", // foreign key: the parent may come
        "40001, TRANSIENT", // serialization failure
        "40P01, TRANSIENT", // deadlock
        "55P03, TRANSIENT", // lock not available
        "XX000, TRANSIENT", // internal error
        "53300, OUTAGE", // too many connections
        "57P01, OUTAGE", // admin shutdown
        "57P03, OUTAGE", // cannot connect now
        "25006, OUTAGE", // read only: a standby
        "42P01, OUTAGE", // undefined table: not as planned
        "42703, OUTAGE", // undefined column
        "08006, OUTAGE", // connection failure
        "28P01, OUTAGE", // wrong password
        "3D000, OUTAGE" // no such database
    })
    void anErrorCodeSaysWhatToDo(String sqlState, FaultKind kind) {
        assertThat(FaultKind.of(sqlState)).isEqualTo(kind);
    }

    @Test
    void aBrokenConnectionIsAnOutageUntilAFreshOneWorks() {
        assertThat(FaultKind.of(null)).isEqualTo(FaultKind.OUTAGE);
    }
}
