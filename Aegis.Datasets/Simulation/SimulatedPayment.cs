using Aegis.Core.Transactions;

namespace Aegis.Datasets.Simulation;

/// <summary>A payment before its texts are written. It is small, so that a day of payments fits in memory.</summary>
/// <param name="TimeMs">Unix milliseconds.</param>
/// <param name="Customer">The owner of the card.</param>
/// <param name="Device">The device's number; 0 if unknown.</param>
/// <param name="Euros">The amount in EUR.</param>
/// <param name="Merchant">The merchant's number.</param>
/// <param name="Address">The IPv4 address; 0 if unknown.</param>
/// <param name="CurrencyCity">The city whose currency is charged.</param>
/// <param name="Channel">How the card is presented.</param>
/// <param name="Label">The position of its label in <see cref="SimulatedWorld.Labels"/>.</param>
internal readonly record struct SimulatedPayment(
    long TimeMs, long Customer, ulong Device, double Euros, int Merchant, uint Address, byte CurrencyCity, Channel Channel, byte Label);
