using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>A payment before it gets its texts: small, so that a day of them fits in memory.</summary>
/// <param name="TimeMs">Unix milliseconds.</param>
/// <param name="Customer">Who pays, or whose card does.</param>
/// <param name="Device">The device's number; 0 where unknown.</param>
/// <param name="Euros">Amount.</param>
/// <param name="Merchant">The merchant's number.</param>
/// <param name="Address">IPv4 address; 0 where unknown.</param>
/// <param name="CurrencyCity">The city whose currency is charged.</param>
/// <param name="Channel">How the card is presented.</param>
/// <param name="Label">Position in <see cref="SimulatedWorld.Labels"/>.</param>
internal readonly record struct SimulatedPayment(
    long TimeMs, long Customer, ulong Device, double Euros, int Merchant, uint Address, byte CurrencyCity, Channel Channel, byte Label);
