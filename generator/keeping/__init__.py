"""What keeps a review going: records written, decisions settled, versions released, a new review begun."""
