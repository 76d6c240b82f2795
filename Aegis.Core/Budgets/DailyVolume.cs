using System.Runtime.CompilerServices;

namespace Aegis.Core.Budgets;

/// <summary>How many payments come in each hour of the UTC day, and how today compares. A struct without references, so that it can be
/// kept as bytes.</summary>
public struct DailyVolume
{
    // A week shapes the day; the last two hours say how today compares.
    private const double ShapeHalfLifeHours = 7 * 24;
    private const double LevelHalfLifeHours = 2;

    // Until an hour of the day was seen: nights are quiet.
    private static ReadOnlySpan<double> UsualDay =>
        [.4, .3, .3, .3, .3, .4, .6, .8, 1, 1.2, 1.4, 1.5, 1.5, 1.4, 1.4, 1.4, 1.5, 1.6, 1.6, 1.5, 1.2, 1, .8, .6];

    private HourValues _payments;
    private HourValues _hours;
    private double _recentPayments;
    private double _recentHours;
    private double _recentUsual;
    private double _comparedPayments;

    /// <summary>True once something was counted.</summary>
    public readonly bool IsKnown => _recentHours > 0;

    /// <summary>Counts the payments of an interval.</summary>
    public void Add(long fromMs, long toMs, double payments)
    {
        var hours = (toMs - fromMs) / ScoreTrend.HourMs;
        var hour = HourOf((fromMs + toMs) / 2);
        var recent = Math.Pow(2, -hours / LevelHalfLifeHours);
        (_recentPayments, _recentHours) = ((_recentPayments * recent) + payments, (_recentHours * recent) + (hours * UsualDay[hour]));
        (_recentUsual, _comparedPayments) = (_recentUsual * recent, _comparedPayments * recent);
        if (_hours[hour] > 0)
        {
            _recentUsual += hours * _payments[hour] / _hours[hour];
            _comparedPayments += payments;
        }

        var kept = Math.Pow(2, -hours / ShapeHalfLifeHours);
        for (var i = 0; i < 24; i++)
        {
            (_payments[i], _hours[i]) = (_payments[i] * kept, _hours[i] * kept);
        }

        (_payments[hour], _hours[hour]) = (_payments[hour] + payments, _hours[hour] + hours);
    }

    /// <summary>The payments expected between two moments. An hour of the day that was not seen yet is expected to be to the
    /// last hours as it usually is.</summary>
    public readonly double Expected(long fromMs, long toMs)
    {
        var level = _recentUsual > 0 ? _comparedPayments / _recentUsual : 1;
        var sum = 0.0;
        for (var at = fromMs; at < toMs;)
        {
            var next = Math.Min(toMs, ((at / (long)ScoreTrend.HourMs) + 1) * (long)ScoreTrend.HourMs);
            var hour = HourOf(at);
            var anHour = _hours[hour] > 0 ? level * _payments[hour] / _hours[hour]
                : _recentHours > 0 ? UsualDay[hour] * _recentPayments / _recentHours : 0;
            sum += anHour * (next - at) / ScoreTrend.HourMs;
            at = next;
        }

        return sum;
    }

    private static int HourOf(long timeMs) => (int)(timeMs / (long)ScoreTrend.HourMs % 24);

    [InlineArray(24)]
    private struct HourValues
    {
        private double _first;
    }
}
