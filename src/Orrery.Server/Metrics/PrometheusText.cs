using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Orrery.Server.Metrics;

/// <summary>The server's instruments in Prometheus' text format 0.0.4.</summary>
internal sealed class PrometheusText : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentDictionary<(Instrument Instrument, string Labels), Total> totals = new();

    public PrometheusText()
    {
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == OrreryMetrics.Meter.Name)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public string Render()
    {
        listener.RecordObservableInstruments();
        var text = new StringBuilder();
        foreach (var group in totals.GroupBy(pair => pair.Key.Instrument).OrderBy(group => group.Key.Name, StringComparer.Ordinal))
        {
            var name = group.Key.Name;
            var histogram = group.Key is Histogram<double>;
            text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {group.Key.Description}\n# TYPE {name} {(histogram ? "summary" : "counter")}\n");
            foreach (var ((_, labels), total) in group.OrderBy(pair => pair.Key.Labels, StringComparer.Ordinal))
            {
                var (sum, count) = total.Read();
                if (histogram)
                    text.Append(CultureInfo.InvariantCulture, $"{name}_sum{labels} {sum}\n{name}_count{labels} {count}\n");
                else
                    text.Append(CultureInfo.InvariantCulture, $"{name}{labels} {sum}\n");
            }
        }
        return text.ToString();
    }

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        totals.GetOrAdd((instrument, Labels(tags)), static _ => new Total()).Add(value);

    private static string Labels(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        if (tags.IsEmpty)
            return "";
        var labels = new List<string>();
        foreach (var (key, value) in tags)
            labels.Add($"{key}=\"{value}\"");
        return $"{{{string.Join(',', labels)}}}";
    }

    private sealed class Total
    {
        private readonly Lock gate = new();
        private double sum;
        private long count;

        public void Add(double value)
        {
            lock (gate)
            {
                sum += value;
                count++;
            }
        }

        public (double Sum, long Count) Read()
        {
            lock (gate)
                return (sum, count);
        }
    }
}
