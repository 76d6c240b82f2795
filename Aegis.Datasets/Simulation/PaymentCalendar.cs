namespace Aegis.Datasets.Simulation;

/// <summary>Payments still to come, by UTC day: a calendar queue. Lists are reused, so memory follows the busiest days
/// and not the number of payments.</summary>
/// <param name="firstDay">Payments before it are dropped.</param>
/// <param name="lastDay">Payments after it are dropped.</param>
internal sealed class PaymentCalendar(int firstDay, int lastDay)
{
    private const int IndexBits = 32;

    private readonly Dictionary<int, List<SimulatedPayment>> _days = [];
    private readonly Stack<List<SimulatedPayment>> _spare = [];
    private ulong[] _order = [];

    /// <summary>Adds payments of any days not yet taken.</summary>
    public void Add(List<SimulatedPayment> payments)
    {
        foreach (var payment in payments)
        {
            var day = CalendarDay.NumberOf(payment.TimeMs);
            if (day >= firstDay && day <= lastDay)
            {
                if (!_days.TryGetValue(day, out var list))
                {
                    _days[day] = list = _spare.TryPop(out var spare) ? spare : [];
                }

                list.Add(payment);
            }
        }
    }

    /// <summary>Takes a day's payments in time order. Equal times keep the order in which they were added.</summary>
    public IEnumerable<SimulatedPayment> Take(int day)
    {
        if (!_days.Remove(day, out var list))
        {
            yield break;
        }

        Sort(list, CalendarDay.StartMs(day));
        for (var i = 0; i < list.Count; i++)
        {
            yield return list[(int)(uint)_order[i]];
        }

        list.Clear();
        _spare.Push(list);
    }

    private void Sort(List<SimulatedPayment> list, long startMs)
    {
        if (_order.Length < list.Count)
        {
            _order = new ulong[list.Count * 2];
        }

        for (var i = 0; i < list.Count; i++)
        {
            _order[i] = ((ulong)(list[i].TimeMs - startMs) << IndexBits) | (uint)i;
        }

        Array.Sort(_order, 0, list.Count);
    }
}
