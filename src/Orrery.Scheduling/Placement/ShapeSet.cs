using System.Text;

namespace Orrery.Scheduling;

/// <summary>Shapes and selectors in use, each once.</summary>
internal sealed class ShapeSet(NodeSet nodes)
{
    private readonly Dictionary<ShapeKey, Shape> shapes = [];
    private readonly Dictionary<string, (Selector Selector, int Users)> selectors = [];

    public Shape Take(Job job)
    {
        var selector = TakeSelector(job);
        var specified = job.SpecifiedNodes;
        var replicas = specified.Count > 0 ? specified.Count : Math.Max(1, job.Replicas);
        var key = new ShapeKey(selector, job.Request, replicas, specified.Count == 0 ? "" : string.Join('\n', specified));
        if (!shapes.TryGetValue(key, out var shape))
        {
            shape = new(key, specified);
            shapes.Add(key, shape);
        }
        shape.Users++;
        return shape;
    }

    public void Give(Shape shape)
    {
        if (--shape.Users == 0)
            shapes.Remove(shape.Key);
        var text = Text(shape.Selector.Labels, shape.Selector.TolerateAll);
        var (selector, users) = selectors[text];
        if (users > 1)
        {
            selectors[text] = (selector, users - 1);
            return;
        }
        // The pool of the selector that nearly every job has is kept, it costs most to build.
        if (text.Length == 0)
            return;
        selectors.Remove(text);
        nodes.Drop(selector);
    }

    private Selector TakeSelector(Job job)
    {
        var text = Text(job.Labels, job.TolerateAll);
        var (selector, users) = selectors.GetValueOrDefault(text);
        selector ??= new(job.Labels, job.TolerateAll);
        selectors[text] = (selector, users + 1);
        return selector;
    }

    private static string Text(IReadOnlyDictionary<string, string> labels, bool tolerateAll)
    {
        if (labels.Count == 0)
            return tolerateAll ? "*" : "";
        var text = new StringBuilder(tolerateAll ? "*" : "");
        foreach (var (name, value) in labels.OrderBy(label => label.Key, StringComparer.Ordinal))
            text.Append('\n').Append(name).Append('\t').Append(value);
        return text.ToString();
    }
}
