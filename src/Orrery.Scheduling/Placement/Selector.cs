namespace Orrery.Scheduling;

/// <summary>Which nodes a job may use at all.</summary>
internal sealed class Selector(IReadOnlyDictionary<string, string> labels, bool tolerateAll)
{
    public IReadOnlyDictionary<string, string> Labels => labels;

    public bool TolerateAll => tolerateAll;

    public bool Admits(NodeSpec node) => (tolerateAll || node.Taints.Count == 0) && HasLabels(node);

    public bool HasLabels(NodeSpec node)
    {
        if (labels.Count == 0)
            return true;
        foreach (var (name, value) in labels)
        {
            if (!node.Labels.TryGetValue(name, out var actual) || !string.Equals(actual, value, StringComparison.Ordinal))
                return false;
        }
        return true;
    }
}
