using Aegis.Core.Numerics;

namespace Aegis.Core.Payments;

/// <summary>A label of an earlier payment, reduced to what histories count.</summary>
/// <param name="CardHash"><see cref="StableHash"/> of the card token; it decides the shard.</param>
/// <param name="MerchantHash"><see cref="StableHash"/> of the merchant id.</param>
/// <param name="DeviceHash"><see cref="StableHash"/> of the device id; 0 if unknown.</param>
/// <param name="Bin">The first six digits of the card number, as a number; 0 if unknown.</param>
/// <param name="PaymentTimeMs">When the payment happened, Unix milliseconds.</param>
/// <param name="LabelledAtMs">When the label became known, Unix milliseconds; not before the payment.</param>
/// <param name="IsFraud">True if the payment was fraudulent.</param>
public readonly record struct LabelledPayment(
    ulong CardHash, ulong MerchantHash, ulong DeviceHash, uint Bin, long PaymentTimeMs, long LabelledAtMs, bool IsFraud);
