namespace Orrery.EndToEnd.Fixtures;

/// <summary>What the server answered.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Text">The body as it came.</param>
/// <param name="Response">For its headers.</param>
public sealed record Answer(int Status, string Text, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public JsonNode? this[string member] => Json[member];

    public string Str(string member) => Json[member]!.GetValue<string>();

    public Answer MustBe(int status)
    {
        Status.ShouldBe(status, $"{Response.RequestMessage?.Method} {Response.RequestMessage?.RequestUri}: {Text}");
        return this;
    }
}
