using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>Tiny payments at a few sites find out whether a stolen number works; then comes a large one.</summary>
internal sealed class CardTesting : FraudScenario
{
    /// <inheritdoc/>
    public override string Name => "card_testing";

    /// <inheritdoc/>
    public override double Prevalence => 1;

    /// <inheritdoc/>
    public override List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random)
    {
        var payments = new List<LabelledTransaction>();
        var device = ForeignDevice(ref random);
        var site = world.Online[random.NextInt(world.Online.Count)];
        var time = start;
        for (var remaining = 4 + random.NextInt(6); remaining > 0; remaining--)
        {
            payments.Add(Fraud(customer.Make(time, site, Channel.Ecommerce, random.NextDouble(0.2, 3), ref random, device)));
            time += TimeSpan.FromSeconds(8 + random.NextExponential(40));
        }

        var target = world.Online[random.NextInt(world.Online.Count)];
        payments.Add(Fraud(customer.Make(time.AddMinutes(random.NextDouble(2, 60)), target, Channel.Ecommerce, customer.UsualAmount * random.NextDouble(4, 15), ref random, device)));
        return payments;
    }
}
