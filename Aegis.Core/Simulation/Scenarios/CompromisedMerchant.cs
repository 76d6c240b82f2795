using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>Numbers copied at one merchant are used on the web for amounts within the customer's range.</summary>
internal sealed class CompromisedMerchant : FraudScenario
{
    /// <inheritdoc/>
    public override string Name => "compromised_merchant";

    /// <inheritdoc/>
    public override double Prevalence => 0.8;

    /// <inheritdoc/>
    public override List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random)
    {
        var payments = new List<LabelledTransaction>();
        // A handful of sites take the numbers that leak in one week.
        var week = (ulong)(start.ToUnixTimeSeconds() / 604_800);
        var site = world.Online[(int)(StableHash.Mix(world.Seed + week) % (ulong)world.Online.Count)];
        var device = ForeignDevice(ref random);
        var time = start;
        for (var remaining = 1 + random.NextInt(3); remaining > 0; remaining--)
        {
            payments.Add(Fraud(customer.Make(time, site, Channel.Ecommerce, customer.UsualAmount * random.NextDouble(0.8, 3), ref random, device)));
            time += TimeSpan.FromHours(random.NextExponential(5));
        }

        return payments;
    }
}
