using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>Small payments to one site, day after day, meant to stay unseen.</summary>
internal sealed class SlowDrip : FraudScenario
{
    /// <inheritdoc/>
    public override string Name => "slow_drip";

    /// <inheritdoc/>
    public override double Prevalence => 0.4;

    /// <inheritdoc/>
    public override List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random)
    {
        var payments = new List<LabelledTransaction>();
        var site = world.Online[random.NextInt(world.Online.Count)];
        var time = start;
        for (var remaining = 5 + random.NextInt(8); remaining > 0; remaining--)
        {
            payments.Add(Fraud(customer.Make(time, site, Channel.Moto, customer.UsualAmount * random.NextDouble(0.4, 1.2), ref random)));
            time += TimeSpan.FromHours(6 + random.NextExponential(16));
        }

        return payments;
    }
}
