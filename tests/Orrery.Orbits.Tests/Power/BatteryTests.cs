using FsCheck.Fluent;

namespace Orrery.Orbits.Tests;

public class BatteryTests
{
    private static readonly Battery Battery = new(100, 0.3);

    [Fact]
    public void It_fills_to_its_capacity_and_empties_to_nothing() =>
        Battery.Charge(50, [new(3600, 20, 0), new(3600, 80, 0), new(1800, 0, 40), new(36_000, 0, 40)]).ShouldBe([70, 100, 80, 0]);

    [Fact]
    public void The_reserve_is_reached_when_what_is_above_it_is_drawn()
    {
        Battery.UntilReserve(100, [new(3600, 0, 35), new(3600, 0, 70)])!.Value.ShouldBe(3600 + 1800, 1e-9);
        Battery.UntilReserve(100, [new(3600, 10, 45), new(3600, 50, 0)]).ShouldBeNull();
        Battery.UntilReserve(30, [new(1, 100, 0)]).ShouldBe(0);
    }

    [Fact]
    public void The_charge_is_that_of_small_steps() => Examples.Check(
        from steps in (from seconds in Gen.Choose(1, 7200) from generation in Examples.Real(0, 200) from load in Examples.Real(0, 200) select new LoadStep(seconds, generation, load)).ListOf(6)
        from charge in Examples.Real(0, 100)
        select (steps, charge),
        100,
        example =>
        {
            var charge = example.charge;
            foreach (var (step, end) in example.steps.Zip(Battery.Charge(example.charge, example.steps)))
            {
                for (var second = 0; second < step.Seconds; second++)
                    charge = Math.Min(100, Math.Max(0, charge + ((step.GenerationW - step.LoadW) / 3600)));
                end.ShouldBe(charge, 1e-6);
            }
        });
}
