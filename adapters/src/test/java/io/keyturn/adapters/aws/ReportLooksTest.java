package io.keyturn.adapters.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ReportLooksTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private static List<Double> looks(ReportJob.Looks looks, double untilSecond) {
        List<Double> times = new ArrayList<>();
        for (long look = looks.first(); look <= untilSecond * SECOND; look = looks.after(look)) {
            times.add(look / (double) SECOND);
        }
        return times;
    }

    @Test
    void aSingleAccountIsLookedAtAfterASecondAndThenEachHalfSecond() {
        assertThat(looks(ReportJob.ALONE, 3)).containsExactly(1.0, 1.5, 2.0, 2.5);
    }

    @Test
    void anOrganizationsAccountIsLookedAtAfterTwoSeconds() {
        assertThat(looks(ReportJob.AMONG_MANY, 5)).containsExactly(2.0, 3.0, 4.0, 5.0);
    }

    @Test
    void aReportThatTakesMinutesIsAskedForAFewDozenTimes() {
        assertThat(looks(ReportJob.ALONE, 300)).hasSizeLessThan(40);
        assertThat(looks(ReportJob.ALONE, 300).getLast()).isGreaterThan(284);
    }
}
