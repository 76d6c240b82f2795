using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>A copied card pays on another continent shortly after its owner paid at home.</summary>
internal sealed class ImpossibleTravel : FraudScenario
{
    /// <inheritdoc/>
    public override string Name => "impossible_travel";

    /// <inheritdoc/>
    public override double Prevalence => 1;

    /// <inheritdoc/>
    public override List<LabelledTransaction> Play(SimulatedWorld world, CustomerProfile customer, DateTimeOffset start, ref SeededRandom random)
    {
        var shop = world.MerchantIn(customer.Home, ref random, MerchantCategory.Grocery, MerchantCategory.Restaurant);
        var genuine = customer.Make(start, shop, Channel.Contactless, customer.UsualAmount * random.NextDouble(0.5, 1.5), ref random);
        var payments = new List<LabelledTransaction> { new(genuine, default) };
        var city = SimulatedWorld.FarCity(ref random);
        var time = start.AddMinutes(random.NextDouble(20, 240));
        for (var remaining = 1 + random.NextInt(3); remaining > 0; remaining--)
        {
            var place = world.MerchantIn(city, ref random, MerchantCategory.Cash, MerchantCategory.Electronics, MerchantCategory.Grocery);
            var channel = place.Category == MerchantCategory.Cash ? Channel.Atm : Channel.Swipe;
            payments.Add(Fraud(customer.Make(time, place, channel, customer.UsualAmount * random.NextDouble(1, 5), ref random)));
            time += TimeSpan.FromMinutes(5 + random.NextExponential(60));
        }

        return payments;
    }
}
