using System.Globalization;

namespace Orrery.Node.Runs;

/// <summary>A count or a percentage of the replicas, as in Kubernetes.</summary>
internal static class Share
{
    /// <summary>A percentage is rounded up.</summary>
    public static int Surge(string value, int replicas) => (int)Math.Ceiling(Of(value, replicas));

    /// <summary>A percentage is rounded down.</summary>
    public static int Unavailable(string value, int replicas) => (int)Math.Floor(Of(value, replicas));

    private static double Of(string value, int replicas)
    {
        var text = value.Trim();
        var isShare = text.EndsWith('%');
        if (!double.TryParse(text.TrimEnd('%'), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            number = (isShare, text) is (false, "") ? 0 : 25;
        return isShare ? number * replicas / 100 : number;
    }
}
