using System.Text.Json;

namespace Orrery.Agent.Journal;

/// <summary>Lines of JSON, appended and synced one by one. A last line without its end was torn by a kill and is cut off.</summary>
internal sealed class JournalFile : IDisposable
{
    private const byte LineEnd = (byte)'\n';

    private readonly string path;
    private FileStream stream;

    public JournalFile(string path)
    {
        this.path = path;
        stream = Open(path);
    }

    /// <summary>Lines in the file.</summary>
    public int Lines { get; private set; }

    /// <summary>Reads every whole line and leaves the file ready to append.</summary>
    /// <exception cref="JournalException">A whole line is not an entry.</exception>
    public IReadOnlyList<JournalEntry> Load()
    {
        var bytes = new byte[stream.Length];
        stream.Position = 0;
        stream.ReadExactly(bytes);
        var entries = new List<JournalEntry>();
        var whole = bytes.AsSpan().LastIndexOf(LineEnd) + 1;
        for (var start = 0; start < whole;)
        {
            var length = bytes.AsSpan(start, whole - start).IndexOf(LineEnd);
            entries.Add(Parse(bytes.AsSpan(start, length), entries.Count + 1));
            start += length + 1;
        }

        stream.SetLength(whole);
        stream.Position = whole;
        Lines = entries.Count;
        return entries;
    }

    /// <summary>Appends a line; it is on the disk when this returns.</summary>
    public void Append(JournalEntry entry)
    {
        var start = stream.Position;
        try
        {
            stream.Write(Line(entry));
            stream.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            stream.SetLength(start);
            stream.Position = start;
            throw;
        }

        Lines++;
    }

    /// <summary>Puts these lines in place of all, at once or not at all.</summary>
    public void Replace(IReadOnlyCollection<JournalEntry> entries)
    {
        var draft = path + ".new";
        using (var next = new FileStream(draft, FileMode.Create, FileAccess.Write, FileShare.None))
        {
            foreach (var entry in entries)
                next.Write(Line(entry));
            next.Flush(flushToDisk: true);
        }

        stream.Dispose();
        File.Move(draft, path, overwrite: true);
        stream = Open(path);
        stream.Position = stream.Length;
        Lines = entries.Count;
    }

    public void Dispose() => stream.Dispose();

    private static FileStream Open(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 1);

    private static byte[] Line(JournalEntry entry) =>
        [.. JsonSerializer.SerializeToUtf8Bytes(entry, JournalJson.Default.JournalEntry), LineEnd];

    private JournalEntry Parse(ReadOnlySpan<byte> line, int number)
    {
        try
        {
            return JsonSerializer.Deserialize(line, JournalJson.Default.JournalEntry)
                ?? throw new JournalException(path, number, "null is not an entry of the journal");
        }
        catch (JsonException e)
        {
            throw new JournalException(path, number, $"not an entry of the journal ({e.Message})", e);
        }
    }
}
