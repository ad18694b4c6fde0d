namespace Orrery.Planning.Tests.Plans;

public sealed class LookTests
{
    /// <summary>Looking at little time first is only faster: what is found ends no later than with a look at all of it.</summary>
    [Theory]
    [InlineData(WorkloadClass.Single)]
    [InlineData(WorkloadClass.ModelParallel)]
    [InlineData(WorkloadClass.DataParallel)]
    [InlineData(WorkloadClass.Federated)]
    [InlineData(WorkloadClass.SplitLearning)]
    public void Short_looks_find_what_a_long_one_finds(WorkloadClass workloadClass)
    {
        var whole = new PlanningOptions { Looks = [] };
        var compared = 0;
        for (var seed = 300; seed < 330; seed++)
        {
            var input = ClassSpecs.Random(workloadClass is WorkloadClass.Single or WorkloadClass.ModelParallel ? WorkloadClass.DataParallel : workloadClass, seed, satellites: 4, stations: 3);
            input = input with { Spec = input.Spec with { Class = workloadClass, Stages = workloadClass == WorkloadClass.ModelParallel ? 3 : null } };
            var (quick, slow) = (TestFleet.Plan(input), TestFleet.Plan(input, whole));
            quick.Feasible.ShouldBe(slow.Feasible);
            if (!quick.Feasible)
                continue;
            compared++;
            quick.LowerBoundS.ShouldBe(slow.LowerBoundS, 0.05);
            quick.MakespanS.ShouldBeLessThanOrEqualTo((slow.MakespanS * 1.05) + 0.1);
        }

        compared.ShouldBeGreaterThan(12);
    }
}
