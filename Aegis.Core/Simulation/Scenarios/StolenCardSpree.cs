using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>A stolen card is spent quickly in shops around its home until it is blocked.</summary>
internal sealed class StolenCardSpree : FraudScenario
{
    /// <inheritdoc/>
    public override string Name => "stolen_card_spree";

    /// <inheritdoc/>
    public override double Prevalence => 1;

    /// <inheritdoc/>
    public override List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random)
    {
        var payments = new List<LabelledTransaction>();
        var time = start;
        for (var remaining = 4 + random.NextInt(5); remaining > 0; remaining--)
        {
            var shop = world.MerchantIn(customer.Home, ref random, MerchantCategory.Electronics, MerchantCategory.Clothing, MerchantCategory.Cash);
            var channel = shop.Category == MerchantCategory.Cash ? Channel.Atm : random.NextBool(0.5) ? Channel.Swipe : Channel.Contactless;
            payments.Add(Fraud(customer.Make(time, shop, channel, customer.UsualAmount * random.NextDouble(1.5, 8), ref random)));
            time += TimeSpan.FromMinutes(2 + random.NextExponential(12));
        }

        return payments;
    }
}
