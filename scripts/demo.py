"""Plays a game of tic-tac-toe to its end through psycopg: demo.py URL GAME, after X has taken the middle."""

import sys

import psycopg

url, game = sys.argv[1:]


def board(state):
    """The board as text, from the marking alone."""

    def square(name):
        return "X" if state[f"X_ON_{name}"] else "O" if state[f"O_ON_{name}"] else "."

    return "\n".join("    " + " ".join(square(f"{row}{column}") for column in range(3)) for row in range(3))


with psycopg.connect(url, autocommit=True) as connection:

    def dispatch(action, by):
        """Fires a transition; answers the new marking, or None when the database refuses."""
        try:
            (answer,) = connection.execute(
                "SELECT ptflow_dispatch('tictactoe', %s, %s, jsonb_build_object('by', %s::text))", (game, action, by)
            ).fetchone()
        except psycopg.Error as error:
            print(f"  {by} {action}: refused, {error.sqlstate}: {error.diag.message_primary}")
            print(f"      detail {error.diag.message_detail}")
            print(f"      hint   {error.diag.message_hint}")
            return None
        print(f"  {by} {action}: event {answer['seq']}")
        return answer["state"]

    dispatch("O00", "bob")
    dispatch("X02", "ann")
    dispatch("O01", "bob")
    dispatch("X_WINS_ANTI", "ann")  # too early
    dispatch("X20", "ann")
    dispatch("O22", "bob")  # too late: the line is complete
    state = dispatch("X_WINS_ANTI", "ann")
    print(f"\n{board(state)}\n\n  the net says: {next(name for name in ('X_WON', 'O_WON', 'DRAWN') if state[name])}")
