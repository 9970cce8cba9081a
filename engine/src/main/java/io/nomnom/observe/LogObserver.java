package io.nomnom.observe;

import org.jboss.logging.Logger;

/** Writes observations to the log, one line each, with fixed keys; payloads are never logged. */
public final class LogObserver implements Observer {
    private static final Logger LOG = Logger.getLogger("nomnom");

    @Override
    public void observe(Observation observation) {
        switch (observation) {
            case Observation.Started o ->
                    LOG.infof(
                            "started roles=%s port=%d catalog=%s entities=%d",
                            o.roles(), o.port(), o.catalog(), o.entities());
            case Observation.SettingUnread o ->
                    LOG.warnf("setting %s is not read; did you mean %s?", o.name(), o.meant());
            case Observation.QueueDiffers o -> LOG.warnf("queue differs: %s", o.what());
            case Observation.CatalogSwapped o ->
                    LOG.infof(
                            "catalog swapped catalog=%s entities=%d%s",
                            o.catalog(),
                            o.entities(),
                            o.warnings().isEmpty() ? "" : "\n" + o.warnings());
            case Observation.CatalogRefused o ->
                    LOG.errorf(
                            "changed entity files are not in force, the old ones are:\n%s",
                            o.report());
            case Observation.CatalogWaits o ->
                    LOG.infof("changed entity files are not in force yet:\n%s", o.report());
            case Observation.TableChanged o ->
                    LOG.infof("table changed table=%s: %s", o.table(), o.change());
            case Observation.TableDiffers o ->
                    LOG.warnf(
                            "table differs table=%s: %s: %s", o.table(), o.change(), o.obstacle());
            case Observation.Accepted o -> LOG.debugf("accepted entity=%s", o.entity());
            case Observation.Refused o ->
                    LOG.debugf("refused entity=%s status=%d", o.entity(), o.status());
            case Observation.Fetched o -> LOG.debugf("fetched messages=%d", o.messages());
            case Observation.Committed o ->
                    LOG.debugf("committed messages=%d rows=%s", o.messages(), o.rows());
            case Observation.DeadLettered o ->
                    LOG.warnf(
                            "dead letter message_id=%s entity=%s code=%s: %s",
                            o.messageId(), o.entity(), o.code(), o.message());
            case Observation.Retried o ->
                    LOG.warnf(
                            "will retry message_id=%s entity=%s attempt=%d: %s",
                            o.messageId(), o.entity(), o.attempt(), o.message());
            case Observation.OutageBegan o ->
                    LOG.errorf("outage begins server=%s: %s", o.server(), o.message());
            case Observation.OutageEnded o ->
                    LOG.infof(
                            "outage ends server=%s lasted=%dms", o.server(), o.lasted().toMillis());
            case Observation.Trouble o -> LOG.errorf(o.cause(), "%s", o.what());
        }
    }
}
