using Aegis.Core.Transactions;

namespace Aegis.Core.Simulation;

/// <summary>A merchant of the simulated world.</summary>
/// <param name="Id">The merchant's id.</param>
/// <param name="Mcc">Category code.</param>
/// <param name="City">Where it is, or where it is registered if online.</param>
/// <param name="IsOnline">True where it takes e-commerce payments only.</param>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="PriceLog">Mean of ln EUR of its prices.</param>
/// <param name="PriceSpread">Standard deviation of ln EUR.</param>
public sealed record Merchant(string Id, int Mcc, City City, bool IsOnline, double Latitude, double Longitude, double PriceLog, double PriceSpread)
{
    /// <summary>Its category group.</summary>
    public MerchantCategory Category => MerchantCategories.Of(Mcc);
}
