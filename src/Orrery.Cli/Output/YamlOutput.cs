using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Orrery.Cli.Output;

/// <summary>JSON as YAML.</summary>
internal static class YamlOutput
{
    /// <summary>One document that begins with <c>---</c>, so that several may follow each other. An empty text prints nothing.</summary>
    public static void Write(TextWriter output, string json)
    {
        if (json.Length == 0)
            return;
        using var document = JsonDocument.Parse(json);
        var emitter = new Emitter(output, new EmitterSettings().WithIndentedSequences());
        emitter.Emit(new StreamStart());
        emitter.Emit(new DocumentStart(null, null, isImplicit: false));
        Emit(emitter, document.RootElement);
        emitter.Emit(new DocumentEnd(isImplicit: true));
        emitter.Emit(new StreamEnd());
    }

    private static void Emit(Emitter emitter, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                emitter.Emit(new MappingStart(AnchorName.Empty, TagName.Empty, isImplicit: true, Style(value.EnumerateObject().Any())));
                foreach (var member in value.EnumerateObject())
                {
                    Text(emitter, member.Name);
                    Emit(emitter, member.Value);
                }
                emitter.Emit(new MappingEnd());
                break;
            case JsonValueKind.Array:
                emitter.Emit(new SequenceStart(
                    AnchorName.Empty, TagName.Empty, isImplicit: true, value.GetArrayLength() > 0 ? SequenceStyle.Block : SequenceStyle.Flow));
                foreach (var item in value.EnumerateArray())
                    Emit(emitter, item);
                emitter.Emit(new SequenceEnd());
                break;
            case JsonValueKind.String:
                Text(emitter, value.GetString()!);
                break;
            default:
                emitter.Emit(new Scalar(value.GetRawText()));
                break;
        }
    }

    private static MappingStyle Style(bool hasMembers) => hasMembers ? MappingStyle.Block : MappingStyle.Flow;

    /// <summary>Quoted where a reader would take the plain text for a number, a truth value or nothing.</summary>
    private static void Text(Emitter emitter, string text)
    {
        var style = text.Contains('\n') ? ScalarStyle.Literal : YamlScalars.IsPlainText(text) ? ScalarStyle.Any : ScalarStyle.DoubleQuoted;
        emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, text, style, isPlainImplicit: true, isQuotedImplicit: true));
    }
}
