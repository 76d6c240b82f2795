using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>A thief pays on the web with the customer's account from a device of his own.</summary>
internal sealed class AccountTakeover : FraudScenario
{
    /// <inheritdoc/>
    public override string Name => "account_takeover";

    /// <inheritdoc/>
    public override double Prevalence => 1;

    /// <inheritdoc/>
    public override List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random)
    {
        var payments = new List<LabelledTransaction>();
        var device = ForeignDevice(ref random);
        var time = start;
        for (var remaining = 1 + random.NextInt(4); remaining > 0; remaining--)
        {
            var site = world.Online[random.NextInt(world.Online.Count)];
            payments.Add(Fraud(customer.Make(time, site, Channel.Ecommerce, customer.UsualAmount * random.NextDouble(2, 10), ref random, device)));
            time += TimeSpan.FromMinutes(5 + random.NextExponential(40));
        }

        return payments;
    }
}
