namespace Orrery.Server.Clusters.Store;

/// <summary>Small numbers for texts that many rows share, so that rows are compared by number.</summary>
internal sealed class TextCodes
{
    private readonly Dictionary<string, int> codes = new(StringComparer.Ordinal);
    private readonly List<string> texts = [];

    public int Count => texts.Count;

    public string this[int code] => texts[code];

    public int Of(string text)
    {
        if (codes.TryGetValue(text, out var code))
            return code;
        codes.Add(text, texts.Count);
        texts.Add(text);
        return texts.Count - 1;
    }

    /// <summary>Which codes have a text that is wanted; null: all.</summary>
    public bool[]? Where(bool isAsked, Func<string, bool> wanted)
    {
        if (!isAsked)
            return null;
        var answers = new bool[texts.Count];
        for (var i = 0; i < answers.Length; i++)
            answers[i] = wanted(texts[i]);
        return answers;
    }

    public void Clear()
    {
        codes.Clear();
        texts.Clear();
    }
}
