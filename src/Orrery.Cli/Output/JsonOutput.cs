using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Orrery.Cli.Output;

internal static class JsonOutput
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The same JSON with line breaks and indents; an empty answer prints nothing.</summary>
    public static void Write(TextWriter output, string json)
    {
        if (json.Length == 0)
            return;
        using var document = JsonDocument.Parse(json);
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Indented))
            document.WriteTo(writer);
        output.WriteLine(Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length));
    }
}
