namespace Orrery.Server.Clusters.Requests;

/// <summary>Collects everything that is wrong with a body: field → messages, and the code that the whole is refused with.</summary>
internal sealed class FieldErrors
{
    public const string BadRequest = "BadRequest";
    private static readonly Dictionary<string, string[]> None = [];
    private const int MostFields = 100;
    private const int MostMessages = 10;
    private Dictionary<string, string[]>? fields;
    private string? code;

    public bool Any => fields is not null;

    public IReadOnlyDictionary<string, string[]> All => fields ?? None;

    /// <summary>Problems of one code are told by it; of several, as a bad request.</summary>
    public string Code => code ?? BadRequest;

    public List<string> Warnings { get; } = [];

    public void Add(string field, string message, string problem = BadRequest)
    {
        fields ??= new Dictionary<string, string[]>(StringComparer.Ordinal);
        if (!fields.TryGetValue(field, out var known) && fields.Count < MostFields)
            fields[field] = [message];
        else if (known?.Length < MostMessages)
            fields[field] = [.. known, message];
        code = code is null || code == problem ? problem : BadRequest;
    }

    /// <summary>Members that the API does not have: an error each with Strict, else a warning.</summary>
    public void Unknown(string path, IEnumerable<string>? names, bool strict)
    {
        foreach (var name in names ?? [])
        {
            var field = path.Length == 0 ? name : $"{path}.{name}";
            if (strict)
                Add(field, "is not a member of this request");
            else if (Warnings.Count < MostFields)
                Warnings.Add($"unknown field '{Server.Errors.Refuse.Shorten(field)}'");
        }
    }

    public void Range(string field, long? value, long least, long most)
    {
        if (value < least || value > most)
            Add(field, $"must be from {least} to {most}");
    }

    public void Printable(string field, string? text, int longest)
    {
        if (text is { Length: > 0 } && (text.Length > longest || text.Any(char.IsControl)))
            Add(field, $"must be at most {longest} printable characters");
    }
}
