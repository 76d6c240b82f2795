using Aegis.Core.Numerics;
using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation.Scenarios;

/// <summary>A frequent traveller's card was copied in a city that the traveller often visits. Thieves use the copy
/// there in the traveller's absence.</summary>
/// <remarks>Seen by: the speed between this payment and those elsewhere before and after it. City, country and amount
/// are not new to the card.</remarks>
public sealed record FrequentTraveller() : FraudScenario("frequent_traveller", share: 0.06)
{
    /// <summary>The smallest number of payments.</summary>
    public int MinPayments { get; init; } = 1;

    /// <summary>The largest number of payments.</summary>
    public int MaxPayments { get; init; } = 3;

    /// <summary>The mean hours between payments.</summary>
    public double Hours { get; init; } = 2;

    /// <summary>The factor on a usual payment.</summary>
    public double Appetite { get; init; } = 1.5;

    /// <inheritdoc/>
    internal override double MeanPayments => (MinPayments + MaxPayments) / 2.0;

    /// <inheritdoc/>
    internal override bool Suits(Episode episode, CustomerProfile victim) => victim.IsFrequentTraveller;

    /// <inheritdoc/>
    internal override void Play(Episode episode)
    {
        var city = episode.Victim.RegularDestination(episode.Random.NextInt(CustomerProfile.RegularDestinations));
        for (var remaining = episode.Random.NextBetween(MinPayments, MaxPayments); remaining > 0; remaining--)
        {
            episode.WaitForHours(city, 8, 23);
            var shop = episode.OpenShop(
                city, Shop.Restaurant, Shop.Restaurant, Shop.FastFood, Shop.Hotel, Shop.Transit, Shop.Clothing, Shop.Electronics,
                Shop.Cash);
            episode.PayInShop(shop, episode.Price(shop, Appetite), episode.Random.NextBool(0.6) ? Channel.Contactless : Channel.Chip);
            episode.Wait(episode.Random.NextWait(Hours));
        }
    }
}
