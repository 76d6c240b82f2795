using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation;

/// <summary>Draws the amounts of payments.</summary>
internal static class Prices
{
    private const double Highest = 8_000;

    /// <summary>An amount in EUR that the merchant charges this customer.</summary>
    /// <param name="merchant">The merchant.</param>
    /// <param name="spendingLog">How much more than others the customer spends, in ln EUR.</param>
    /// <param name="factor">The factor on a usual purchase.</param>
    /// <param name="random">The random numbers.</param>
    public static double Draw(Merchant merchant, double spendingLog, double factor, ref SeededRandom random)
    {
        var euros = factor * random.NextLogNormal(
            merchant.PriceLog + (SimulatedWorld.IncomeElasticity * spendingLog), merchant.Trade.PriceSpread);
        return Math.Clamp(
            merchant.Trade.Ending == PriceEnding.NinetyNine && random.NextBool(0.7) ? Math.Floor(euros) + 0.99 : euros, 0.5, Highest);
    }
}
