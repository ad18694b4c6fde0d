namespace Orrery.Cli.Tests;

/// <summary>What a server answers, as text.</summary>
internal static class Answers
{
    public const string Preview = """
        {"kind":"model_parallel","candidates":3,"mode":"simulated","plan":{"feasible":true,"reasons":[],"isl_bound":false,"stages":3,
        "partition":[{"stage":0,"satellite":"48274","layers":[{"name":"embed","fraction":0.3333}],"compute_tflop":0.67,"activation_out_mb":4}],
        "timeline":[{"stage":0,"satellite":"48274","start":"2026-03-07T12:00:00Z","end":"2026-03-07T12:00:01.5Z"}],
        "transfers":[{"from":"48274","to":"25544","route":["48274","svalbard","25544"],"mb":4,"start":"2026-03-07T12:10:00Z","end":"2026-03-07T12:10:05Z","contact":"48274-svalbard-1"}],
        "makespan_s":4210,"bottleneck":"waiting for contacts","lower_bound_s":12,"gap":0.997,"considered":6,
        "notes":["the largest layers are split evenly"],"fingerprint":"f00d"},
        "cost_estimate":{"ocu":450,"cents":5400,"per_stage_ocu":150,"stages":3,"price_per_ocu_cents":12}}
        """;

    public const string Infeasible = """
        {"kind":"single","candidates":1,"mode":"live","plan":{"feasible":false,"reasons":[{"code":"no_contact","message":"No pass in time; a longer horizon_h would help.","numbers":{"horizon_h":12}}],
        "isl_bound":false,"stages":1,"partition":[],"timeline":[],"transfers":[],"notes":[],"fingerprint":"beef"},"cost_estimate":{"ocu":0,"cents":0,"per_stage_ocu":150,"stages":0,"price_per_ocu_cents":12}}
        """;

    public const string Submitted = """{"id":"wl_1","status":"scheduling","status_url":"/v1/workloads/wl_1","mode":"simulated"}""";

    public const string Stages = """
        {"id":"wl_1","stages":[
        {"index":0,"satellite":"48274","satellite_name":"CSS (TIANHE)","status":"running","role":"stage","deployment_id":"dep-1","attempt":1,"round":0,"location":"orbit","started_at":"2026-03-07T12:00:00Z"},
        {"index":1,"satellite":"25544","satellite_name":"ISS (ZARYA)","status":"pending","role":"stage","attempt":0,"round":0,"location":"orbit","reason":"waiting_for_agent"}]}
        """;

    public static readonly string Plan = $$"""{"id":"wl_1","earlier":[],"plan":{{Preview[Preview.IndexOf("{\"feasible", StringComparison.Ordinal)..Preview.IndexOf(",\n\"cost_estimate", StringComparison.Ordinal)]}} }""";

    public static string Workload(string phase) => $$"""
        {"id":"wl_1","name":"demo","class":"model-parallel","labels":{},"phase":"{{phase}}","workflow_status":"RUNNING","mode":"simulated",
        "outcome":{"stages_done":2,"stages_total":2,"attempts":2,"makespan_s":75,"planned_makespan_s":70,"reason":null},"spec":{},
        "created_at":"2026-03-07T12:00:00Z","status_url":"/v1/workloads/wl_1"}
        """;

    public static string Event(int seq, string type, string payload, string subject = "dep-1") => $$"""
        {"id":"evt-{{seq}}","event_type":"{{type}}","step_id":{{(type.StartsWith("step", StringComparison.Ordinal) ? "\"compute\"" : "null")}},"payload":{{payload}},"event_timestamp":"2026-03-07T12:00:0{{seq}}Z","created_at":"2026-03-07T12:00:01Z","seq":{{seq}},"late":false,"subject":"{{(subject.StartsWith("dep", StringComparison.Ordinal) ? "deployment" : "workload")}}","subject_id":"{{subject}}","actor":"x"}
        """;

    public static string Frame(int seq, string type, string payload, string subject = "dep-1") =>
        $"id: {seq}\ndata: {Event(seq, type, payload, subject)}\n\n";

    public static string Problem(string code, string message, string details = "{}") =>
        $$"""{"type":"about:blank","error":{"code":"{{code}}","message":"{{message}}","details":{{details}} } }""";
}
