using static Orrery.EndToEnd.Refusals.Refusal;

namespace Orrery.EndToEnd.Refusals;

/// <summary>Bodies and queries of <c>/v1</c> that are refused.</summary>
public static class WorkloadRefusals
{
    private const int ThreeMegabytes = 3 * 1024 * 1024;

    public static readonly Refusal[] Bodies =
    [
        Submit("", 400, "invalid_body", "empty"),
        Submit("null", 400, "invalid_body", "null"),
        Submit("not json", 400, "invalid_body", ""),
        Submit("{", 400, "invalid_body", ""),
        Submit("[]", 400, "validation_error", "object"),
        Submit("\"text\"", 400, "validation_error", "object"),
        Submit("{} {}", 400, "invalid_body", ""),
        Submit("{\"name\":\"a\",\"name\":\"b\"}", 400, "validation_error", "name"),
        Submit("{\"model\":{\"layers\":[{\"name\":\"a\",\"compute_fwd\":NaN}]}}", 400, "invalid_body", "not JSON"),
        Submit("{\"speed_multiplier\":1e400}", 400, "validation_error", "speed_multiplier"),
        Submit("{\"placement\":{\"satelites\":[1]}}", 400, "validation_error", "satelites"),
        Submit("{\"satellite\":1}", 400, "validation_error", "satellite"),
        Submit($$"""{"name":"{{new string('a', ThreeMegabytes)}}"}""", 413, "payload_too_large", "larger"),
        Submit(string.Concat(Enumerable.Repeat("{\"model\":", 100)) + "1" + new string('}', 100), 400, "invalid_body", "JSON"),
    ];

    public static readonly Refusal[] Fields =
    [
        Field("{\"name\":7}", "name"),
        Field("{\"name\":\"\"}", "name"),
        Field("{\"name\":\"a\\u0000b\"}", "name"),
        Field("{\"labels\":{\"\":\"empty key\"}}", "labels"),
        Field("{\"labels\":[\"a\"]}", "labels"),
        Field("{\"mode\":\"real\"}", "mode"),
        Field("{\"mode\":\"live\",\"speed_multiplier\":5}", "speed_multiplier"),
        Field("{\"speed_multiplier\":0}", "speed_multiplier"),
        Field("{\"speed_multiplier\":\"fast\"}", "speed_multiplier"),
        Field("{\"placement\":{\"satellites\":[]}}", "placement.satellites"),
        Field("{\"placement\":{\"satellites\":[424242]}}", "placement.satellites"),
        Field("{\"placement\":{\"satellites\":[true]}}", "placement.satellites"),
        Field("{\"placement\":{\"satellites\":25544}}", "placement.satellites"),
        Field("{\"placement\":{\"ground_stations\":[\"atlantis\"]}}", "placement.ground_stations"),
        Field("{\"placement\":{\"location\":\"moon\"}}", "placement.location"),
        Field("{\"parallelism\":{\"class\":\"magic\"}}", "parallelism.class"),
        Field("{\"parallelism\":{\"class\":\"model-parallel\",\"stages\":0}}", "parallelism.stages"),
        Field("{\"parallelism\":{\"class\":\"model-parallel\",\"stages\":2.5}}", "parallelism.stages"),
        Field("{\"parallelism\":{\"class\":\"model-parallel\",\"stages\":65}}", "parallelism.stages"),
        Field("{\"parallelism\":{\"stages\":3}}", "parallelism.stages"),
        Field("{\"parallelism\":{\"class\":\"data-parallel\",\"shards\":2}}", "data-parallel"),
        Field("{\"parallelism\":{\"class\":\"spatial\"}}", "spatial"),
        Field("{\"parallelism\":{\"class\":\"federated\",\"rounds\":2}}", "federated"),
        Field("{\"parallelism\":{\"class\":\"split-learning\"}}", "split-learning"),
        Field("{\"model\":{}}", "model.layers"),
        Field("{\"model\":{\"layers\":[]}}", "model.layers"),
        Field("{\"model\":{\"layers\":[{}]}}", "model.layers[0]"),
        Field("{\"model\":{\"layers\":[{\"name\":\"a\",\"compute_fwd\":-1}]}}", "compute_fwd"),
        Field("{\"model\":{\"layers\":[{\"name\":\"a\",\"compute_fwd\":1e10}]}}", "compute_fwd"),
        Field("{\"model\":{\"layers\":[" + string.Join(',', Enumerable.Repeat("{\"name\":\"a\",\"compute_fwd\":1}", 2001)) + "]}}", "model.layers"),
        Field("{\"data\":{\"input_mb\":-1}}", "data.input_mb"),
        Field("{\"data\":{\"batches\":0}}", "data.batches"),
        Field("{\"program\":{\"entry_point\":\"run.py\"}}", "program"),
        Field("{\"program\":{\"duration_s\":0}}", "program.duration_s"),
        Field("{\"policy\":{\"objective\":\"fun\"}}", "policy.objective"),
        Field("{\"policy\":{\"start_at\":\"tomorrow\"}}", "policy.start_at"),
        Field("{\"mode\":\"live\",\"policy\":{\"start_at\":\"2020-01-01T00:00:00Z\"}}", "policy.start_at"),
        Field("{\"policy\":{\"deadline_s\":0}}", "policy.deadline_s"),
        Field("{\"policy\":{\"min_elevation_deg\":90}}", "policy.min_elevation_deg"),
        Field("{\"policy\":{\"horizon_h\":49}}", "policy.horizon_h"),
        Field("{\"policy\":{\"max_attempts\":0}}", "policy.max_attempts"),
        Field("{\"policy\":{\"max_cents\":-1}}", "policy.max_cents"),
        Submit("{\"parallelism\":{\"class\":\"distributed-training\"}}", 422, "preview_only", "distributed-training"),
        Submit("{\"placement\":{\"satellites\":[25544]},\"program\":{\"duration_s\":7200},\"policy\":{\"horizon_h\":1}}", 422, "infeasible", ""),
    ];

    public static readonly Refusal[] Queries =
    [
        Get("/v1/workloads?limit=0", 400, "validation_error", "limit"),
        Get("/v1/workloads?limit=501", 400, "validation_error", "limit"),
        Get("/v1/workloads?offset=-1", 400, "validation_error", "offset"),
        Get("/v1/workloads?phase=sleeping", 400, "validation_error", "phase"),
        Get("/v1/workloads?class=magic", 400, "validation_error", "class"),
        Get("/v1/workloads?since=yesterday", 400, "validation_error", "since"),
        Get("/v1/workloads?colour=blue", 400, "validation_error", "colour"),
        Get("/v1/workloads?type=%00", 400, "validation_error", "type"),
        Get("/v1/workloads/wl_none", 404, "not_found", "wl_none"),
        Get("/v1/workloads/{theirs}", 404, "not_found", "workload"),
        Get("/v1/workloads/{theirs}/stages", 404, "not_found", "workload"),
        Get("/v1/workloads/{theirs}/plan", 404, "not_found", "workload"),
        Get("/v1/workloads/{theirs}/events", 404, "not_found", "workload"),
        Get("/v1/workloads/{theirs}/artifacts", 404, "not_found", "workload"),
        new("POST", "/v1/workloads/{theirs}/cancel", null, 404, "not_found", "workload"),
        Get("/v1/workloads/{own}/events?after_seq=x", 400, "validation_error", "after_seq"),
        Get("/v1/satellites/1", 404, "not_found", "satellite"),
        Get("/v1/satellites/25544/position?at=noon", 400, "validation_error", "at"),
        Get("/v1/satellites/25544/passes?hours=1e9", 400, "validation_error", "hours"),
        Get("/v1/satellites/25544/passes?hours=NaN", 400, "validation_error", "hours"),
        Get("/v1/satellites/25544/passes?station=atlantis", 400, "validation_error", "station"),
        Get("/v1/satellites/25544/eclipses?from=x", 400, "validation_error", "from"),
        Get("/v1/nowhere", 404, "not_found", "/v1/nowhere"),
        new("PUT", "/v1/workloads", "{}", 405, "method_not_allowed", "PUT"),
    ];
}
