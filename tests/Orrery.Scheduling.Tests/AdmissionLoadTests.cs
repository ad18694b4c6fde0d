namespace Orrery.Scheduling.Tests;

public class AdmissionLoadTests(ITestOutputHelper output)
{
    [Fact]
    public void Backfill_ends_the_admission_load_near_the_ideal()
    {
        var (end, used) = AdmissionLoad.Run(QueuePolicy.Backfill);
        output.WriteLine($"{end.TotalSeconds} s, {used:P2} of the quota");
        end.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(68.5));
        used.ShouldBeGreaterThanOrEqualTo(0.96);
    }
}
