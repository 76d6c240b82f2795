using Aegis.Core.Numerics;

namespace Aegis.Datasets.Simulation.LookAlikes;

/// <summary>A new phone pays from now on. Setting it up brings small payments for applications in quick succession, as
/// card testing does.</summary>
public sealed record NewPhone() : LookAlike("new_phone")
{
    /// <summary>The probability that setting up brings payments on the first day.</summary>
    public double SetUpPayments { get; init; } = 0.7;

    /// <inheritdoc/>
    internal override void Add(in CustomerDay day, byte label)
    {
        if (!day.Customer.HasNewDeviceOn(day.Day.Number))
        {
            return;
        }

        var random = day.DrawsFor(this);
        if (!random.NextBool(SetUpPayments))
        {
            return;
        }

        var time = day.At(day.Home.City, random.NextDouble(9, 23));
        for (var remaining = random.NextBetween(2, 5); remaining > 0; remaining--)
        {
            day.PayOnline(time, day.World.Merchants.PickSite(Site.Digital, ref random), 0.5, label, ref random);
            time += 15_000 + (long)(random.NextWait(7) * 60_000);
        }
    }
}
